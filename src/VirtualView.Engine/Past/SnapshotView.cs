using VirtualView.Core.FileSystem;
using VirtualView.Core.Units;
using VirtualView.Engine.FileSystem;

namespace VirtualView.Engine.Past;

/// <summary>
/// One snapshot as a file system that never changes. Its nodes are its own (the root is <see cref="NodeId.Root"/>), and so
/// are its handles; blocks, requests and the cache it shares with the view. It holds its snapshot until disposed.
/// </summary>
public sealed class SnapshotView : IDisposable
{
    private readonly Action _close;
    private int _isClosed;

    internal SnapshotView(long number, UnixTime takenAt, ViewParts parts, Action close) =>
        (Number, TakenAt, Parts, _close) = (number, takenAt, parts, close);

    public long Number { get; }

    public UnixTime TakenAt { get; }

    /// <summary>Read only. What the snapshot does not say is <see cref="Core.Outcomes.FileSystemError.NotRecorded"/>, what no one has any more <c>Stale</c>.</summary>
    public IViewFileSystem FileSystem => Parts.Files;

    /// <summary>What an overlay is laid over.</summary>
    internal ViewParts Parts { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) _close();
    }
}
