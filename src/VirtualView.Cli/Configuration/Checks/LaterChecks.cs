using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;

namespace VirtualView.Cli.Configuration.Checks;

/// <summary>
/// Keys that nothing acts on yet. Where leaving them without effect would mislead (a service that someone expects to
/// be reached, a definition that others share), they are refused; the others are checked and wait.
/// </summary>
internal static class LaterChecks
{
    public static void Run(VirtualViewSection section, KeyPath root, MistakeList mistakes)
    {
        if (!section.Service.Urls.IsEmpty)
            mistakes.Add(root / nameof(section.Service) / nameof(section.Service.Urls), "a TCP address is not available yet; write [] and use the Unix socket STATE/api.sock");
        if (!string.IsNullOrEmpty(section.View.From))
            mistakes.Add(root / nameof(section.View) / nameof(section.View.From), "a shared view definition is not available yet; leave it out");
        for (var index = 0; index < section.Replication.Length; index++)
            ReplicationCheck(section.Replication[index], section.Sources.Keys, root / nameof(section.Replication) / index, mistakes);
    }

    private static void ReplicationCheck(ReplicationSection rule, IEnumerable<string> sources, KeyPath key, MistakeList mistakes)
    {
        NameChecks.Present(rule.Match, key / nameof(rule.Match), mistakes);
        NameChecks.Run(rule.On, sources, key / nameof(rule.On), mistakes);
        if (rule.Copies > rule.On.Length && !rule.On.IsEmpty)
            mistakes.Add(key / nameof(rule.Copies), $"'{rule.Copies}' is more than On names sources; write at most {rule.On.Length}");
    }
}
