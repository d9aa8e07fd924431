using System.Collections.Immutable;
using VirtualView.Cache;
using VirtualView.Cli.Sessions;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Status;
using VirtualView.Fuse;
using VirtualView.Service;
using VirtualView.Service.Answers;

namespace VirtualView.Cli.Mounting;

/// <summary>A view on a kernel's mount, with the rooms that it owns.</summary>
internal sealed class ViewSession(ViewEngine engine, BlockStore blocks, FuseMount mount, FuseMountOptions kernel, SessionHost sessions, OpenRooms rooms, IReadOnlyList<string> warnings) : IViewSession
{
    public IReadOnlyList<string> Warnings => warnings;

    public Task Completion => mount.Completion;

    public ICacheControl Cache { get; } = new CacheDoor(engine.Cache);

    public ISnapshotControl Snapshots { get; } = new SnapshotDoor(engine.Snapshots);

    public IOverlayControl Overlay { get; } = new OverlayDoor(engine);

    public ValueTask<ImmutableArray<ProbeResult>> ProbeAsync(CancellationToken cancel) => engine.ProbeAsync(cancel);

    public ViewStatus Status() => engine.Status() with { PassedThrough = mount.Counters.PassedThrough, Sessions = sessions.Sessions };

    public async ValueTask UseAsync(LiveSettings settings, CancellationToken cancel)
    {
        engine.UsePolls(settings.Polls);
        engine.UseKeeping(settings.Keep);
        kernel.EntryTtl = settings.NamesLive;
        engine.Cache.UsePolicies(settings.Pinned);
        await blocks.UseCapacityAsync(settings.CapacityBytes, cancel);
    }

    public ValueTask<Outcome<Explanation>> ExplainAsync(VirtualPath path, CancellationToken cancel) => engine.ExplainAsync(path, cancel);

    public ValueTask<PollReport> PollAsync(bool acceptDeletions, CancellationToken cancel) => engine.PollAsync(acceptDeletions, cancel);

    public async ValueTask<UnmountAnswer> UnmountAsync(bool force, CancellationToken cancel)
    {
        try
        {
            return await mount.UnmountAsync(force) == UnmountOutcome.Busy
                ? UnmountAnswer.Refused($"{mount.MountPoint} is in use: close what is open and unmount what is mounted in it, or detach it all the same with --force")
                : UnmountAnswer.Done;
        }
        catch (MountException refused)
        {
            return UnmountAnswer.Refused(refused.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        engine.Notifier = null;
        engine.Locks = null;
        await mount.DisposeAsync();
        await rooms.DisposeAsync();
    }
}
