using VirtualView.Engine;
using VirtualView.Simulation.Disk;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Runs;

/// <summary>Carries out one plan: its steps, then calm, then the comparison with the truth.</summary>
public sealed class SimulationRun
{
    private const int CalmRounds = 4;

    private readonly SimulationPlan _plan;
    private readonly ViewFactory _open;
    private readonly SeededScheduler _scheduler;
    private readonly World _world;
    private readonly Presence _presence;
    private readonly RemoteSteps _remote;
    private readonly MassDeletions _deletions;
    private readonly Freshness _freshness;
    private readonly List<Violation> _violations = [];
    private readonly List<HistoryEvent> _history = [];
    private readonly Traffic _traffic;
    private int _lives;

    private SimulationRun(SimulationPlan plan, ViewFactory open)
    {
        (_plan, _open) = (plan, open);
        _scheduler = new SeededScheduler(plan.Seed);
        _world = new World(plan, _scheduler.Clock);
        _presence = new Presence(_world, _scheduler.Clock);
        _deletions = new MassDeletions(_world);
        _freshness = new Freshness(_world, _scheduler.Clock, _violations);
        _remote = new RemoteSteps(_world, _presence, _deletions);
        _traffic = new Traffic(_world, _scheduler.Clock);
        _presence.Update();
    }

    public static SimulationResult Execute(SimulationPlan plan, ViewFactory open)
    {
        var run = new SimulationRun(plan, open);
        try
        {
            run._scheduler.Run(run.PlayAsync);
        }
        catch (SimulationStuckException stuck)
        {
            run._violations.Add(new Violation("every call ends", stuck.Message));
        }

        return run.Judge();
    }

    private SimulationResult Judge()
    {
        var checker = new HistoryChecker(_world.Truth, _world.Shows);
        _violations.AddRange(checker.Check(_history));
        _violations.AddRange(_scheduler.Escapes.Take(1).Select(stack => new Violation("one thread", $"work came back from a foreign thread: {stack}")));
        return new SimulationResult([.. _violations], [.. _history.Select(happened => happened.Show())], _scheduler.Turns);
    }

    private async Task PlayAsync()
    {
        if (await StartAsync() is not { } daemon) return;
        foreach (var step in _plan.Steps)
        {
            if (step.Kind == StepKind.RemoteMassDelete) await _deletions.LookBeforeAsync(daemon, step.Source);
            if (step.Kind == StepKind.Accept)
            {
                _deletions.Accept();
                _presence.Accept();
            }

            if (step.Kind is StepKind.Crash or StepKind.Restart)
            {
                if (await ReplaceAsync(daemon, step.Kind) is not { } next) return;
                daemon = next;
            }
            else if (!_remote.TryCarryOut(step))
            {
                await _traffic.UseAsync(daemon, step);
            }

            if (_violations.Count > 0) return;
        }

        await EndAsync(daemon);
    }

    private async Task<Daemon?> StartAsync()
    {
        var life = new Life(++_lives, _scheduler.Clock);
        var recorder = new HistoryRecorder(_history, life) { Opening = _freshness.Check, WasStale = _freshness.FoundStale };
        var caller = new Caller(_scheduler, life, _violations);
        var blocks = new SimulatedBlockStore(_world.Disk, life, recorder);
        var rooms = new EngineRooms
        {
            Sources = [.. _world.Stores.Select(store => new SimulatedSource(store, life, Stream(life, store.Plan.Name)))],
            Blocks = blocks,
            State = new SimulatedStateStore(_world.State, life, Stream(life, "state")),
            Clock = life,
            Logs = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            Observer = recorder,
        };
        var (hasEnded, view) = await caller.CallAsync("start", () => _open(_world.Options, rooms, CancellationToken.None));
        return hasEnded ? new Daemon(life, view!, blocks, recorder, caller, _presence, _violations) : null;
    }

    private SeededRandom Stream(Life life, string purpose) => SeededRandom.For(_plan.Seed, $"{purpose} in life {life.Number}");

    private async Task<Daemon?> ReplaceAsync(Daemon daemon, StepKind how)
    {
        if (how == StepKind.Restart)
        {
            if (!daemon.View.RemembersOverRestarts) _deletions.Forget();
            await StopAsync(daemon);
            await _traffic.SettleAsync();
        }
        else
        {
            _presence.Forget();
            _deletions.Forget();
        }

        daemon.Life.Kill();
        _traffic.Abandon();
        _world.Disk.Crash();
        return await StartAsync();
    }

    private static async Task StopAsync(Daemon daemon)
    {
        daemon.IsEnding = true;
        await daemon.Caller.CallAsync("stop", Caller.LongestCall, daemon.View.DisposeAsync);
        await daemon.Caller.CallAsync("stop of the block store", Caller.LongestCall, daemon.Blocks.DisposeAsync);
    }

    private async Task EndAsync(Daemon daemon)
    {
        foreach (var store in _world.Stores)
            store.Set(RemoteFaults.None);
        _world.Disk.Faults = DiskFaults.None;
        _traffic.ReleaseAll(daemon);
        await _traffic.SettleAsync();
        for (var round = 0; round < CalmRounds; round++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), _scheduler.Clock);
            await Traffic.PollAsync(daemon, acceptDeletions: false);
        }

        await _deletions.CheckAsync(daemon, _violations);
        if (_deletions.HaveHappened)
        {
            // An empty root counts as deleted only when it was held back before.
            await Traffic.PollAsync(daemon, acceptDeletions: true);
            await Traffic.PollAsync(daemon, acceptDeletions: true);
            await _deletions.CheckAcceptedAsync(daemon, _violations);
        }

        await new Convergence(_world, _presence, daemon, _violations).CheckAsync();
        if (daemon.View.OpenHandles != 0)
            _violations.Add(new Violation("no handle is left", $"{daemon.View.OpenHandles} handles are open after the last release"));
        await StopAsync(daemon);
        if (_world.Disk.Leases != 0)
            _violations.Add(new Violation("no lease is left", $"{_world.Disk.Leases} payloads are leased after the end"));
    }
}
