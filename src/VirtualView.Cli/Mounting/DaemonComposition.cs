using System.Text;
using Microsoft.Extensions.Logging;
using VirtualView.Cache;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Sessions;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine;
using VirtualView.Engine.Overlay;
using VirtualView.Engine.VirtualFiles;
using VirtualView.Fuse;
using VirtualView.Service.Json;
using VirtualView.State;

namespace VirtualView.Cli.Mounting;

/// <summary>The composition root: the only place that knows the concrete rooms and the order in which they open.</summary>
internal static class DaemonComposition
{
    public static async ValueTask<Attempt<IViewSession>> OpenAsync(
        DaemonPlan plan, TimeProvider clock, ILoggerFactory logs, CancellationToken cancel)
    {
        var rooms = new OpenRooms();
        try
        {
            var session = await OpenAsync(plan, rooms, clock, logs, cancel);
            if (!session.IsOk) await rooms.DisposeAsync();
            return session;
        }
        catch (Exception failure) when (failure is StateException or MountException or IOException or UnauthorizedAccessException)
        {
            await rooms.DisposeAsync();
            return new Failure(ExitCode.Failed, failure.Message);
        }
        catch
        {
            await rooms.DisposeAsync();
            throw;
        }
    }

    private static async ValueTask<Attempt<IViewSession>> OpenAsync(
        DaemonPlan plan, OpenRooms rooms, TimeProvider clock, ILoggerFactory logs, CancellationToken cancel)
    {
        // Before the state is ours, as what tells a dead daemon is that nobody holds its state.
        var finder = DaemonFinder.OfThisMachine();
        var abandoned = finder.OurMountAt(plan.MountPoint) is { } left && finder.DeadDaemonOf(left) is not null ? left : null;

        // First the state: its lock keeps a second daemon from everything after it.
        var state = rooms.Add(await StateStore.OpenAsync(new StateStoreOptions { Folder = plan.StateFolder }, clock, logs, cancel));
        var blocks = rooms.Add(await BlockStore.OpenAsync(CacheOptions(plan), clock, logs, cancel));

        var sources = new List<ISource>();
        var factory = new SourceFactory(state, clock, logs);
        foreach (var (name, section) in plan.Section.Sources)
            sources.Add(rooms.Add(await factory.MakeAsync(name, section, cancel)));

        var known = await state.LoadSnapshotAsync(cancel);
        var isKnown = known is { Root.IsListed: true };
        if (!isKnown) sources = sources.ConvertAll<ISource>(source => new FirstRoot(source, clock));
        var problems = isKnown ? Attempt<IReadOnlyList<string>>.Of([]) : await ProblemsAsync(plan.Section, sources, clock, cancel);
        if (!problems.IsOk) return problems.Failure;

        ViewEngine? engine = null;
        ViewSession? session = null;
        var daemon = plan.Describe(clock.GetUtcNow());
        var status = new VirtualFile(PathName.Of("status.json"), _ => Encoding.UTF8.GetBytes(StatusDocument.Of(session?.Status() ?? engine!.Status(), daemon) + "\n"));
        var written = plan.IsReadOnly && !state.HasOverlay ? null : await state.OpenOverlayAsync(cancel);
        var overlay = written is null ? null : new OverlayRooms(written.Journal, written.Files) { IsReadOnly = plan.IsReadOnly };
        var engineRooms = new EngineRooms
        {
            Overlay = overlay,
            Sources = [.. sources],
            Blocks = blocks,
            State = new LoadedState(state, known),
            History = state.History,
            Clock = clock,
            Logs = logs,
            VirtualFiles = [status],
        };
        engine = rooms.Add(await ViewEngine.OpenAsync(EnginePlan.Options(plan.Section, engineRooms.Sources), engineRooms, cancel));
        var live = LiveSettings.Of(plan);
        engine.Cache.UsePolicies(live.Pinned);
        var kernel = MountOptions(plan, live) with { Abandoned = abandoned };
        var mount = await FuseMount.StartAsync(kernel, engine.FileSystem, clock, logs, cancel);
        engine.Notifier = mount;
        var sessions = rooms.Add(SessionHost.Start(engine.Snapshots, plan.StateFolder, Path.Combine(plan.StateFolder, SessionHost.SocketName), clock, logs));
        engine.Locks = mount.Locks;
        session = new ViewSession(engine, blocks, mount, kernel, sessions, rooms, problems.Value);
        return Attempt<IViewSession>.Of(session);
    }

    private static async ValueTask<Attempt<IReadOnlyList<string>>> ProblemsAsync(
        VirtualViewSection section, IEnumerable<ISource> sources, TimeProvider clock, CancellationToken cancel)
    {
        var shown = section.Mappings.SelectMany(mapping => mapping.Sources).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return await FirstContact.AskAsync([.. sources.Where(source => shown.Contains(source.Name))], section.Fetch.Timeout, clock, cancel);
    }

    private static BlockStoreOptions CacheOptions(DaemonPlan plan) => new()
    {
        Folder = plan.CacheFolder,
        CapacityBytes = plan.CapacityBytes,
        BlockSizeBytes = (int)plan.Section.Cache.BlockSize.Bytes,
        MinFreeBytes = plan.MinFreeBytes,
        VerifyAlways = plan.Section.Cache.Verify == VerifySetting.Always,
    };

    private static FuseMountOptions MountOptions(DaemonPlan plan, LiveSettings live) => new()
    {
        MountPoint = plan.MountPoint,
        AllowOther = plan.Section.View.AllowOther,
        // Tools that ask whether a view can be written should be told.
        ReadOnly = plan.IsReadOnly,
        Passthrough = plan.Section.View.Passthrough == PassthroughSetting.Auto,
        EntryTtl = live.NamesLive,
    };
}
