using VirtualView.Core.Sources.Writing;

namespace VirtualView.Testing.Sources.Writing;

/// <summary>What shall go wrong in one call. Its parts can be combined; without any, nothing does.</summary>
public sealed record TargetFault
{
    public static TargetFault None { get; } = new();

    /// <summary>Never answers; ends only by cancellation. With <see cref="LosesAnswer"/>: after it was done.</summary>
    public bool Hangs { get; init; }

    /// <summary>Time before the call reaches the target, by the clock of the <see cref="FaultyTarget"/>.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The answer instead of the target's, which is not asked: a wrong status, a full disk.</summary>
    public WriteError? Error { get; init; }

    /// <summary>The connection is cut when so much of the content was read.</summary>
    public long? CutsAfterBytes { get; init; }

    /// <summary>It is done, and nobody hears of it: <see cref="WriteErrorKind.Uncertain"/>.</summary>
    public bool LosesAnswer { get; init; }

    /// <summary>It says yes, and does nothing.</summary>
    public bool OnlySaysSo { get; init; }

    /// <summary>Runs before the target is asked: another writer, a change of what the target honours.</summary>
    public Action? Before { get; init; }

    /// <summary>Runs when it was done and before the answer: another writer, a crash.</summary>
    public Action? After { get; init; }
}
