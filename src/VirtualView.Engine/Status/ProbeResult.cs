namespace VirtualView.Engine.Status;

/// <summary>What one source answered when it was asked just now.</summary>
public sealed record ProbeResult
{
    public required string Source { get; init; }

    public required bool IsReachable { get; init; }

    /// <summary>How long the source took to describe its root, milliseconds; null where it did not.</summary>
    public required double? StatMilliseconds { get; init; }

    /// <summary>The file that was read from, in the view; null where none is known.</summary>
    public required string? File { get; init; }

    public required long ReadBytes { get; init; }

    public required double? ReadMilliseconds { get; init; }

    /// <summary>Null when all went well.</summary>
    public required string? Error { get; init; }
}
