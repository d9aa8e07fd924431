using VirtualView.Core.Versions;

namespace VirtualView.Engine.Status;

/// <summary>One source, as this daemon has met it since it started.</summary>
public sealed record SourceStatus
{
    public required SourceId Id { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>Null before the first answer or failure.</summary>
    public required bool? IsReachable { get; init; }

    /// <summary>In words, with what to do; null when the last call succeeded.</summary>
    public required string? LastError { get; init; }

    public required DateTimeOffset? LastAnswerAt { get; init; }

    /// <summary><c>closed</c>: it is asked. <c>open</c>: it is known to be down, so nobody waits for it.</summary>
    public string Breaker { get; init; } = "closed";

    public required long Requests { get; init; }

    public required long Errors { get; init; }

    public required long BytesRead { get; init; }

    /// <summary>Median-like smoothed time to the first byte, in milliseconds; null before the first read.</summary>
    public required double? FirstByteMilliseconds { get; init; }

    /// <summary>Smoothed rate while bytes flow, bytes per second; null before the first read.</summary>
    public required double? BytesPerSecond { get; init; }
}
