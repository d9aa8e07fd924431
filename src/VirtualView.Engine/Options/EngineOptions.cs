using System.Collections.Immutable;

namespace VirtualView.Engine.Options;

/// <summary>What the engine is told, already validated.</summary>
public sealed record EngineOptions
{
    public required string ViewName { get; init; }

    /// <summary>No two at the same path. What lies deeper wins over what lies above.</summary>
    public required ImmutableArray<MappingOptions> Mappings { get; init; }

    /// <summary>As the view is opened: <see cref="ViewEngine.UsePolls"/> takes others later.</summary>
    public PollOptions Polls { get; init; } = new();

    /// <summary>As the view is opened: <see cref="ViewEngine.UseKeeping"/> takes others later.</summary>
    public KeepOptions Keep { get; init; } = new();

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
