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
    private const int Slots = 8;
    private const int CalmRounds = 4;

    private readonly SimulationPlan _plan;
    private readonly ViewFactory _open;
    private readonly SeededScheduler _scheduler;
    private readonly World _world;
    private readonly Presence _presence;
    private readonly RemoteSteps _remote;
    private readonly List<Violation> _violations = [];
    private readonly List<HistoryEvent> _history = [];
    private readonly List<Task> _begun = [];
    private readonly Slot?[] _slots = new Slot?[Slots];
    private int _lives;

    private SimulationRun(SimulationPlan plan, ViewFactory open)
    {
        (_plan, _open) = (plan, open);
        _scheduler = new SeededScheduler(plan.Seed);
        _world = new World(plan, _scheduler.Clock);
        _presence = new Presence(_world, _scheduler.Clock);
        _remote = new RemoteSteps(_world, _presence);
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
            if (step.Kind is StepKind.Crash or StepKind.Restart)
            {
                if (await ReplaceAsync(daemon, step.Kind) is not { } next) return;
                daemon = next;
            }
            else if (!_remote.TryCarryOut(step))
            {
                await UseAsync(daemon, step);
            }

            if (_violations.Count > 0) return;
        }

        await EndAsync(daemon);
    }

    private async Task UseAsync(Daemon daemon, Step step)
    {
        var path = _world.InView(step.Source, PathNames.All[step.Path]);
        switch (step.Kind)
        {
            case StepKind.Wait: await Task.Delay(TimeSpan.FromMilliseconds(step.A), _scheduler.Clock); break;
            case StepKind.Settle: await SettleAsync(); break;
            case StepKind.Look: _begun.Add(daemon.LookAsync(path)); break;
            case StepKind.List: _begun.Add(daemon.ListAsync(path.Parent, 1 + (step.A % 7))); break;
            case StepKind.Poll: _begun.Add(PollAsync(daemon)); break;
            case StepKind.Checkpoint: _begun.Add(daemon.Blocks.CheckpointAsync(CancellationToken.None).AsTask()); break;
            case StepKind.Open:
                Release(daemon, step.Slot);
                _slots[step.Slot] = new Slot { Path = path, Opening = daemon.OpenAsync(path) };
                break;
            case StepKind.Read: Read(daemon, step, null); break;
            case StepKind.ReadAndCancel: Read(daemon, step, TimeSpan.FromMilliseconds(step.C)); break;
            case StepKind.Release: Release(daemon, step.Slot); break;
            default: throw new InvalidOperationException($"nobody carries out {step.Kind}");
        }
    }

    private void Read(Daemon daemon, Step step, TimeSpan? patience)
    {
        if (_slots[step.Slot] is not { } slot) return;
        slot.Reads.Add(ReadWhenOpenAsync());

        async Task ReadWhenOpenAsync()
        {
            if (await slot.Opening is { } open && !daemon.IsEnding)
                await daemon.ReadAsync(open.Handle, step.A, step.B, triesFirst: (step.A & 1) == 0, patience);
        }
    }

    private void Release(Daemon daemon, int at)
    {
        if (_slots[at] is not { } slot) return;
        _slots[at] = null;
        _begun.Add(ReleaseWhenReadAsync());

        async Task ReleaseWhenReadAsync()
        {
            var open = await slot.Opening;
            await Task.WhenAll(slot.Reads);
            if (open is { } opened) daemon.Release(opened);
        }
    }

    private static async Task PollAsync(Daemon daemon) =>
        await daemon.Caller.CallAsync("poll", Caller.LongestPoll, () => daemon.View.PollAsync(CancellationToken.None));

    private async Task SettleAsync()
    {
        await Task.WhenAll(_begun);
        _begun.Clear();
        foreach (var slot in _slots)
        {
            if (slot is null) continue;
            await slot.Opening;
            await Task.WhenAll(slot.Reads);
        }
    }

    private async Task<Daemon?> StartAsync()
    {
        var life = new Life(++_lives, _scheduler.Clock);
        var recorder = new HistoryRecorder(_history, life);
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
            await StopAsync(daemon);
            await SettleAsync();
        }
        else
        {
            _presence.Forget();
        }

        daemon.Life.Kill();
        _begun.Clear();
        Array.Clear(_slots);
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
        for (var slot = 0; slot < Slots; slot++)
            Release(daemon, slot);
        await SettleAsync();
        for (var round = 0; round < CalmRounds; round++)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), _scheduler.Clock);
            await PollAsync(daemon);
        }

        await new Convergence(_world, _presence, daemon, _violations).CheckAsync();
        if (daemon.View.OpenHandles != 0)
            _violations.Add(new Violation("no handle is left", $"{daemon.View.OpenHandles} handles are open after the last release"));
        await StopAsync(daemon);
    }
}
