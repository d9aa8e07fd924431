using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Testing.Sources;

/// <summary>What shall go wrong in one call. Its parts can be combined; without any, nothing does.</summary>
public sealed record Fault
{
    public static Fault None { get; } = new();

    /// <summary>Never answers; ends only by cancellation.</summary>
    public bool Hang { get; init; }

    /// <summary>Time before the call reaches the source, by the clock of the <see cref="FaultySource"/>.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The answer instead of the source's; of a read, after <see cref="AfterBytes"/>.</summary>
    public SourceError? Error { get; init; }

    /// <summary>How much of a read is delivered before <see cref="Error"/> or <see cref="Meanwhile"/>.</summary>
    public long AfterBytes { get; init; }

    /// <summary>Runs in the middle of the call: changes or deletes the file, cancels, moves the clock.</summary>
    public Action? Meanwhile { get; init; }

    /// <summary>The most bytes that a read delivers in one piece.</summary>
    public int MostBytesAtOnce { get; init; } = int.MaxValue;

    /// <summary>What the source says of its files instead of the truth.</summary>
    public Func<Validator, Validator>? Lie { get; init; }

    /// <summary>Flips one bit in each piece of a read, and says nothing of it.</summary>
    public bool Corrupt { get; init; }
}
