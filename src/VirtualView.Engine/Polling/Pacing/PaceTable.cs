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
            mapping => new DirectoryPaces(options.Polls.IntervalOf(mapping.At), options.Polls.LongestIntervalOf(mapping.At), new Random(options.JitterSeed), clock));
    }

    public void Use(PollOptions options)
    {
        foreach (var (mapping, paces) in _byMapping)
            paces.Use(options.IntervalOf(mapping), options.LongestIntervalOf(mapping));
    }

    public DirectoryPaces Of(MappingOptions mapping) => _byMapping[mapping.At];

    /// <summary>Null for a directory that only leads to mappings: no source has it.</summary>
    public DirectoryPaces? For(VirtualPath directory) => _mappings.Covering(directory) is { } mapping ? Of(mapping) : null;
}
