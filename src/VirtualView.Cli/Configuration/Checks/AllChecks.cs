using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;

namespace VirtualView.Cli.Configuration.Checks;

/// <summary>What must hold beyond the type of each value.</summary>
internal static class AllChecks
{
    public static void Run(VirtualViewSection section, MistakeList mistakes)
    {
        ViewChecks.Run(section.View, KeyPath.Root / nameof(section.View), mistakes);
        SourceChecks.Run(section, KeyPath.Root / nameof(section.Sources), mistakes);
        MappingChecks.Run(section, KeyPath.Root / nameof(section.Mappings), mistakes);
        CacheChecks.Run(section, KeyPath.Root, mistakes);
        LaterChecks.Run(section, KeyPath.Root, mistakes);
    }
}
