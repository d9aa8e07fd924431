using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using VirtualView.Cli.Configuration.Checks;
using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;

namespace VirtualView.Cli.Configuration;

/// <summary>A configuration as read, with everything that is wrong with it.</summary>
internal sealed record ConfigurationReading
{
    /// <summary>The file that was read, or that should have been there.</summary>
    public required string File { get; init; }

    public required VirtualViewSection Section { get; init; }

    public required ImmutableArray<Mistake> Mistakes { get; init; }

    /// <summary>Null when the file could not be read.</summary>
    public required Origins? Origins { get; init; }

    /// <param name="named">The file the user named, or null.</param>
    /// <param name="mountPoint">What the user named in place of <c>View.MountPoint</c>, or null.</param>
    public static ConfigurationReading Read(string? named, string? mountPoint)
    {
        var file = ConfigurationFile.Find(named);
        var loaded = ConfigurationFile.Load(file, mustExist: ConfigurationFile.IsNamed(named));
        if (loaded.Root is not { } root)
            return new ConfigurationReading { File = file, Section = new VirtualViewSection(), Mistakes = loaded.Mistakes, Origins = null };

        var origins = new Origins(root);
        var mistakes = new MistakeList(origins, System.IO.File.Exists(file) ? file : null);
        var section = Bind(root, mistakes);
        if (mountPoint is not null)
            section = section with { View = section.View with { MountPoint = Path.GetFullPath(mountPoint) } };
        AllChecks.Run(section, mistakes);
        return new ConfigurationReading { File = file, Section = section, Mistakes = [.. loaded.Mistakes, .. mistakes.All], Origins = origins };
    }

    private static VirtualViewSection Bind(IConfigurationRoot root, MistakeList mistakes)
    {
        var section = root.GetSection(VirtualViewSection.Name);
        if (!section.Exists())
        {
            var hint = Nearest.Hint(VirtualViewSection.Name, root.GetChildren().Select(child => child.Key).Where(IsNoVariable));
            mistakes.Add(KeyPath.Root, $"the section is missing{(hint.Length > 0 ? $"{hint} It must be called VirtualView" : "")}: write {{ \"VirtualView\": {{ ... }} }}");
        }

        return (VirtualViewSection)new SectionReader(mistakes).Read(section, typeof(VirtualViewSection));
    }

    // The environment is a part of the configuration, and its other variables are no one's typing mistake.
    private static bool IsNoVariable(string key) => Environment.GetEnvironmentVariable(key) is null;
}
