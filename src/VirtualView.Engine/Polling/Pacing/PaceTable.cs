using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;

namespace VirtualView.Engine.Polling.Pacing;

/// <summary>The paces of all mappings: each has an interval of its own.</summary>
internal sealed class PaceTable
{
    private readonly MappingTable _mappings;
    private readonly ImmutableDictionary<VirtualPath, DirectoryPaces> _byMapping;

    public PaceTable(MappingTable mappings, EngineOptions options, TimeProvider clock)
    {
        _mappings = mappings;
        _byMapping = options.Mappings.ToImmutableDictionary(
            mapping => mapping.At,
            mapping => new DirectoryPaces(mapping.PollInterval, LongestInterval(mapping, options), new Random(options.JitterSeed), clock));
    }

    public static TimeSpan LongestInterval(MappingOptions mapping, EngineOptions options) =>
        options.MaxPollInterval > mapping.PollInterval ? options.MaxPollInterval : mapping.PollInterval;

    public DirectoryPaces Of(MappingOptions mapping) => _byMapping[mapping.At];

    /// <summary>Null for a directory that only leads to mappings: no source has it.</summary>
    public DirectoryPaces? For(VirtualPath directory) => _mappings.Covering(directory) is { } mapping ? Of(mapping) : null;
}
