using System.Collections.Immutable;

namespace VirtualView.Cli.Configuration.Sections;

/// <summary>The section <c>VirtualView</c> of the configuration, as it is written.</summary>
internal sealed record VirtualViewSection
{
    public const string Name = "VirtualView";

    public ViewSection View { get; init; } = new();

    public ImmutableSortedDictionary<string, SourceSection> Sources { get; init; } = ImmutableSortedDictionary<string, SourceSection>.Empty;

    public ImmutableArray<MappingSection> Mappings { get; init; } = [];

    public CacheSection Cache { get; init; } = new();

    public CoherenceSection Coherence { get; init; } = new();

    public FetchSection Fetch { get; init; } = new();

    public ServiceSection Service { get; init; } = new();

    public ImmutableArray<ReplicationSection> Replication { get; init; } = [];
}
