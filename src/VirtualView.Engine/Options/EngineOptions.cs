using System.Collections.Immutable;

namespace VirtualView.Engine.Options;

/// <summary>What the engine is told, already validated.</summary>
public sealed record EngineOptions
{
    public required string ViewName { get; init; }

    /// <summary>No two at the same path. What lies deeper wins over what lies above.</summary>
    public required ImmutableArray<MappingOptions> Mappings { get; init; }

    /// <summary>A directory that neither changes nor is used is still listed so often; the poll interval of its mapping if that is longer.</summary>
    public TimeSpan MaxPollInterval { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>When a source is asked although the view has an answer.</summary>
    public RevalidateRule Revalidate { get; init; } = RevalidateRule.Stale;

    /// <summary>Directories of one mapping that the poll lists at a time.</summary>
    public int ListingsAtOnce { get; init; } = 8;

    /// <summary>Directories of one mapping that the poll lists in a second, at most.</summary>
    public double ListingsPerSecond { get; init; } = 50;

    /// <summary>Decides by how little polls miss their time, so that not all views ask at once.</summary>
    public int JitterSeed { get; init; } = Random.Shared.Next();

    /// <summary>The largest single request to a source, in bytes: at least one block.</summary>
    public int MaxRequestBytes { get; init; } = 8 << 20;

    /// <summary>After this long without an answer a request to a source is given up.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that may be under way from one source at a time.</summary>
    public long MaxBytesInFlight { get; init; } = 64L << 20;

    /// <summary>How far ahead a sequential reader is served, in bytes; 0 turns read-ahead off.</summary>
    public long MaxReadAheadBytes { get; init; } = 32L << 20;
}
