using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Options;
using VirtualView.Engine.Status;

namespace VirtualView.Engine;

/// <summary>One view, from the restored snapshot to the last release. The door to this room.</summary>
public sealed class ViewEngine : IAsyncDisposable
{
    /// <summary>
    /// Restores the last snapshot and starts to poll. Needs no source to answer.
    /// </summary>
    public static ValueTask<ViewEngine> OpenAsync(EngineOptions options, EngineRooms rooms, CancellationToken cancel) =>
        throw new NotSupportedException();

    public IViewFileSystem FileSystem => throw new NotSupportedException();

    /// <summary>Null until a kernel is attached.</summary>
    public IKernelNotifier? Notifier { get; set; }

    public Snapshot Current => throw new NotSupportedException();

    public ViewStatus Status() => throw new NotSupportedException();

    public ValueTask<Outcome<Explanation>> ExplainAsync(VirtualPath path, CancellationToken cancel) =>
        throw new NotSupportedException();

    /// <summary>Polls every directory that is known, now, and returns when the snapshot that follows is published.</summary>
    public ValueTask PollAsync(CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Stops polling and fetching, saves the snapshot. Reads that wait end with <c>Interrupted</c>.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
