using Microsoft.Extensions.Logging;
using VirtualView.Cache;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Core.Sources;
using VirtualView.Engine;
using VirtualView.Fuse;
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
        // First the state: its lock keeps a second daemon from everything after it.
        var state = rooms.Add(await StateStore.OpenAsync(new StateStoreOptions { Folder = plan.StateFolder }, clock, logs, cancel));
        var blocks = rooms.Add(await BlockStore.OpenAsync(CacheOptions(plan), clock, logs, cancel));

        var sources = new List<ISource>();
        var factory = new SourceFactory(state, clock, logs);
        foreach (var (name, section) in plan.Section.Sources)
            sources.Add(rooms.Add(await factory.MakeAsync(name, section, cancel)));

        var known = await state.LoadSnapshotAsync(cancel);
        var problems = known is { Root.IsListed: true } ? Attempt<IReadOnlyList<string>>.Of([]) : await ProblemsAsync(plan.Section, sources, clock, cancel);
        if (!problems.IsOk) return problems.Failure;

        var engineRooms = new EngineRooms { Sources = [.. sources], Blocks = blocks, State = new LoadedState(state, known), Clock = clock, Logs = logs };
        var engine = rooms.Add(await ViewEngine.OpenAsync(EnginePlan.Options(plan.Section, engineRooms.Sources), engineRooms, cancel));
        var mount = await FuseMount.StartAsync(MountOptions(plan), engine.FileSystem, clock, logs, cancel);
        engine.Notifier = mount;
        return Attempt<IViewSession>.Of(new ViewSession(engine, mount, rooms, problems.Value));
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

    private static FuseMountOptions MountOptions(DaemonPlan plan) => new()
    {
        MountPoint = plan.MountPoint,
        AllowOther = plan.Section.View.AllowOther,
        // Whatever is configured: a view cannot be written yet, and tools that ask whether it can should be told.
        ReadOnly = true,
        Passthrough = plan.Section.View.Passthrough == PassthroughSetting.Auto,
        EntryTtl = NamesLive(plan),
    };

    /// <summary>
    /// As long as the engine takes a listing for fresh: so a use of a name is seen as one, its directory stays hot, and a
    /// change is seen within the poll interval although cold directories are polled rarely.
    /// </summary>
    private static TimeSpan NamesLive(DaemonPlan plan)
    {
        var longest = TimeSpan.FromMinutes(5);
        var shortest = plan.Section.Mappings.Min(mapping => mapping.PollInterval ?? plan.Section.Coherence.PollInterval);
        return shortest < longest ? shortest : longest;
    }
}
