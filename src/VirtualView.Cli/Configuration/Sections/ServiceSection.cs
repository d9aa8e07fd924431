using System.Collections.Immutable;

namespace VirtualView.Cli.Configuration.Sections;

/// <summary>The network service; the Unix socket is always there.</summary>
internal sealed record ServiceSection
{
    [Key(Default = "none", Rule = "must be empty: not available yet")]
    public ImmutableArray<string> Urls { get; init; } = [];
}
