using VirtualView.Core.Outcomes;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Fetching;

/// <summary>How far one request has come, and what was in its way.</summary>
internal sealed class RequestProgress(PinnedVersion version, BlockRequest request, long startedAt)
{
    public PinnedVersion Version => version;

    public BlockRequest Request => request;

    /// <summary>Index in the request of the first block that has not come.</summary>
    public int NextBlock { get; private set; }

    public bool IsComplete => NextBlock == request.Blocks.Length;

    public int Rounds { get; private set; }

    public long LastProgressAt { get; private set; } = startedAt;

    public bool ShouldTryAgain { get; set; }

    /// <summary>What the readers of the missing blocks are told.</summary>
    public FileSystemError Failure { get; set; } = FileSystemError.Internal;

    /// <summary>False when every replica gave an answer that time does not change.</summary>
    public bool MayRecover { get; private set; }

    /// <summary>True when all that may recover is known to be down: there is nothing to wait for.</summary>
    public bool IsAllDown { get; private set; }

    /// <summary>True when all that may recover failed without keeping anyone waiting.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>The least for which one that may recover asked to be left alone; zero when one did not ask for it.</summary>
    public TimeSpan LeastWait { get; private set; }

    /// <summary>A request says only once what is in its way.</summary>
    public bool IsLogged { get; set; }

    /// <summary>The same for people.</summary>
    public string Why { get; private set; } = "a defect, logged with its cause";

    public ByteRange Left
    {
        get
        {
            if (IsComplete) return default;
            var first = request.Blocks[NextBlock];
            return new ByteRange(first.Number * version.BlockSizeBytes, LeftBytes);
        }
    }

    public long LeftBytes
    {
        get
        {
            var bytes = 0L;
            for (var at = NextBlock; at < request.Blocks.Length; at++)
                bytes += request.Blocks[at].LengthBytes;
            return bytes;
        }
    }

    public void Completed(long at) => (NextBlock, LastProgressAt) = (NextBlock + 1, at);

    public void BeginRound() => (Rounds, MayRecover, ShouldTryAgain, IsRefused, IsAllDown, LeastWait) = (Rounds + 1, false, false, true, true, TimeSpan.MaxValue);

    public void Note(string source, SourceError error, bool isDown)
    {
        Why = $"{source}: {error.Message}";
        var failure = error.Kind == SourceErrorKind.NotFound ? FileSystemError.Stale : SourceFailure.ToFileSystemError(error.Kind);
        var mayRecover = IsPassing(error.Kind);
        // A replica that may yet answer speaks for the version; one that has lost it speaks only when it is the last.
        if (mayRecover || !MayRecover) Failure = failure;
        MayRecover |= mayRecover;
        if (mayRecover && (error.RetryAfter ?? TimeSpan.Zero) is var wait && wait < LeastWait) LeastWait = wait;
        IsRefused &= error.Kind == SourceErrorKind.Unreachable || !mayRecover;
        IsAllDown &= isDown || !mayRecover;
    }

    public void Stopped() => (Failure, Why) = (FileSystemError.Interrupted, "the daemon stopped");

    public void NoReplicaLeft()
    {
        Failure = FileSystemError.Stale;
        if (Rounds == 1) Why = "no source has this version any more";
    }

    private static bool IsPassing(SourceErrorKind kind) =>
        kind is SourceErrorKind.Unreachable or SourceErrorKind.TimedOut or SourceErrorKind.Throttled or SourceErrorKind.Invalid;
}
