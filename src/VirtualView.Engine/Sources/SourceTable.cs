using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine.Options;

namespace VirtualView.Engine.Sources;

/// <summary>The sources of this view by their id.</summary>
internal sealed class SourceTable
{
    private readonly ImmutableDictionary<SourceId, MeteredSource> _byId;

    public SourceTable(ImmutableArray<ISource> sources, EngineOptions options, TimeProvider clock, ILogger logger)
    {
        All = [.. sources.Select(source => new MeteredSource(source, options.FetchTimeout, options.MaxBytesInFlight, clock, logger))];
        _byId = All.ToImmutableDictionary(source => source.Id);
    }

    /// <summary>In the order of the configuration.</summary>
    public ImmutableArray<MeteredSource> All { get; }

    /// <summary>Null for a source that the view no longer has.</summary>
    public MeteredSource? Find(SourceId id) => _byId.GetValueOrDefault(id);

    public string NameOf(SourceId id) => Find(id)?.Name ?? id.ToString();
}
