using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Status;
using VirtualView.Service.Answers;

namespace VirtualView.Service;

/// <summary>What the service may ask of the running mount. Any thread may call anything at any time.</summary>
public interface IDaemonControl
{
    ViewStatus Status();

    ICacheControl Cache { get; }

    ISnapshotControl Snapshots { get; }

    /// <summary>Has nothing to show in a view that cannot be written.</summary>
    IOverlayControl Overlay { get; }

    /// <summary>Asks every source now, each for a bounded time.</summary>
    ValueTask<ImmutableArray<ProbeResult>> ProbeAsync(CancellationToken cancel);

    ValueTask<Outcome<Explanation>> ExplainAsync(VirtualPath path, CancellationToken cancel);

    /// <summary>
    /// Polls all sources now, and returns when what they answered is in the view; also what went away in large parts if
    /// <paramref name="acceptDeletions"/>.
    /// </summary>
    ValueTask<PollReport> PollAsync(bool acceptDeletions, CancellationToken cancel);

    /// <summary>
    /// Takes the view off its mount point. With <paramref name="force"/> also while files are open in it. After
    /// success the daemon ends by itself.
    /// </summary>
    ValueTask<UnmountAnswer> UnmountAsync(bool force, CancellationToken cancel);
}
