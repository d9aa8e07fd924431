using System.Collections.Immutable;

namespace VirtualView.Cli.Configuration.Sections;

/// <summary>How many copies of the files that a pattern matches are kept, and where.</summary>
internal sealed record ReplicationSection
{
    [Key(IsRequired = true, Rule = "a glob over paths in the view", TakesEffectLater = true)]
    public string? Match { get; init; }

    [Key(Min = "1", Max = "100", Rule = "at most as many as `On` names", TakesEffectLater = true)]
    public int Copies { get; init; } = 1;

    [Key(IsRequired = true, Rule = "names of sources, each only once", TakesEffectLater = true)]
    public ImmutableArray<string> On { get; init; } = [];
}
