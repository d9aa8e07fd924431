using System.Collections.Immutable;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine;
using VirtualView.Engine.Overlay;
using VirtualView.Simulation.Disk;
using VirtualView.Simulation.Disk.Overlay;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Runs;
using VirtualView.Simulation.Scheduling;
using VirtualView.Simulation.Writing.Model;
using Caller = VirtualView.Simulation.Runs.Caller;

namespace VirtualView.Simulation.Writing;

/// <summary>Carries out a plan of writing, and keeps all states that the view may be in. When none is left, a promise was broken.</summary>
public sealed class WritingRun
{
    private const int MostStates = 48;
    private const int TooManyStates = 3000;

    /// <summary>So long a source that was in trouble may be asked in vain.</summary>
    private static readonly TimeSpan TroubleLasts = TimeSpan.FromMinutes(2);

    private readonly SimulationPlan _plan;
    private readonly SeededScheduler _scheduler;
    private readonly World _world;
    private readonly OverlayDisk _disk;
    private readonly RemoteSteps _remote;
    private readonly SourceFacts _facts;
    private readonly ModelCalls _calls;
    private readonly List<Violation> _violations = [];
    private readonly List<string> _history = [];
    private IReadOnlyList<ModelState> _states = [new ModelState()];
    private bool _losesPower;
    private int _lives;

    private WritingRun(SimulationPlan plan)
    {
        _plan = plan;
        _scheduler = new SeededScheduler(plan.Seed);
        _world = new World(plan, _scheduler.Clock);
        _disk = new OverlayDisk(SeededRandom.For(plan.Seed, "overlay"));
        _remote = new RemoteSteps(_world, new Presence(_world, _scheduler.Clock), new MassDeletions(_world));
        _facts = new SourceFacts(_world);
        _calls = new ModelCalls(_facts);
    }

    private RemoteStore Store => _world.Stores[0];

    public static SimulationResult Execute(SimulationPlan plan, ViewFactory open)
    {
        var run = new WritingRun(plan);
        try
        {
            run._scheduler.Run(() => run.PlayAsync(open));
        }
        catch (SimulationStuckException stuck)
        {
            run.Violate("every call ends", stuck.Message);
        }

        run._violations.AddRange(run._scheduler.Escapes.Take(1).Select(stack => new Violation("one thread", $"work came back from a foreign thread: {stack}")));
        return new SimulationResult([.. run._violations], [.. run._history], run._scheduler.Turns);
    }

    private async Task PlayAsync(ViewFactory open)
    {
        if (await StartAsync(open) is not { } process) return;
        for (var at = 0; at < _plan.Steps.Length && _violations.Count == 0;)
        {
            var step = _plan.Steps[at++];
            var together = step.Kind == StepKind.Together ? _plan.Steps.Skip(at).Take(step.A).TakeWhile(one => one.Kind != StepKind.Together).ToList() : [step];
            if (step.Kind == StepKind.Together) at += together.Count;
            await BeginAndEndAsync(process, together);
            if (_violations.Count == 0 && _states.Count > MostStates) await LookAtAllAsync(process, isOnDisk: false);
            if (_violations.Count > 0 || _states.Count > TooManyStates) return;
            if (process.Life.IsDead || together is [{ Kind: StepKind.Restart }])
            {
                if (await ReplaceAsync(process, open) is not { } next) return;
                process = next;
            }
        }

        if (_violations.Count == 0) await EndAsync(process, open);
    }

    private async Task BeginAndEndAsync(WritingProcess process, List<Step> together)
    {
        var begun = new List<CallUnderWay>();
        foreach (var step in together)
        {
            if (process.Life.IsDead) break;
            if (await TryOtherAsync(process, step, isAlone: together.Count == 1)) continue;
            var call = new ProgramCall(step);
            if (Makes(process, call, begun)) begun.Add(new CallUnderWay(call, process.Programs.CallAsync(call)));
        }

        await Task.WhenAny(Task.WhenAll(begun.Select(call => call.Answer)), process.Life.Died);
        foreach (var call in begun)
        {
            Note($"{call}");
            if (call.Answer.Exception?.InnerException is { } failure and not DeadProcessException) Violate("no call throws", $"{call}: {failure}");
        }

        if (begun.Count == 0) return;
        var before = _states;
        _states = [.. new ModelOrders(_calls, MayFail).After(_states, begun)];
        if (_states.Count == 0)
            Violate("answers are those of a file system", $"no order explains {string.Join("; ", begun)}; before: {ModelText.Show(before[0])}");
    }

    /// <summary>What is no call that writes.</summary>
    private async Task<bool> TryOtherAsync(WritingProcess process, Step step, bool isAlone)
    {
        switch (step.Kind)
        {
            case StepKind.LookInto or StepKind.ReadOpen or StepKind.LookAtAll:
                if (isAlone) await LookAsync(process, new ProgramCall(step));
                return true;
            case StepKind.Wait:
                if (isAlone) await Task.Delay(TimeSpan.FromMilliseconds(step.A), _scheduler.Clock);
                return true;
            case StepKind.Poll:
                process.Poll();
                return true;
            case StepKind.KillSoon or StepKind.LosePowerSoon:
                _losesPower = step.Kind == StepKind.LosePowerSoon;
                _disk.KillAfter(step.A);
                return true;
            case StepKind.Crash or StepKind.LosePower:
                _losesPower = step.Kind == StepKind.LosePower;
                process.Life.Kill();
                return true;
            case StepKind.Restart or StepKind.Together:
                return true;
            case StepKind.RemoteWrite or StepKind.RemoteRewrite:
                // Not within the step of the server's clock: what such rewrites may show is another simulation's matter.
                if (!isAlone) return true;
                await Task.Delay(RemoteStore.ClockStep + TimeSpan.FromMilliseconds(100), _scheduler.Clock);
                return _remote.TryCarryOut(step);
            case StepKind.RemoteDelete or StepKind.RemoteFault or StepKind.Evict:
                return _remote.TryCarryOut(step);
            default:
                return false;
        }
    }

    /// <summary>False for what a program cannot do: a slot is open or not, and one program waits for its own calls.</summary>
    private bool Makes(WritingProcess process, ProgramCall call, List<CallUnderWay> begun)
    {
        var usesSlot = call.UsesOpenFile || call.Opens;
        if (usesSlot && begun.Any(other => (other.Call.UsesOpenFile || other.Call.Opens) && (other.Call.Slot == call.Slot || other.Call.OtherSlot == call.Slot || call.OtherSlot == other.Call.Slot))) return false;
        if (call.Opens) return !process.Programs.HasOpen(call.Slot);
        if (!call.UsesOpenFile) return true;
        if (!process.Programs.HasOpen(call.Slot)) return false;
        if (call.Step.Kind != StepKind.CopyRange) return true;
        return begun.Count == 0 && process.Programs.HasOpen(call.OtherSlot)
            && _states.All(state => state.Open[call.Slot] != state.Open[call.OtherSlot] && state[state.Open[call.OtherSlot]].File!.Now.Length == 1);
    }

    private async Task LookAsync(WritingProcess process, ProgramCall call)
    {
        switch (call.Step.Kind)
        {
            case StepKind.LookAtAll:
                await LookAtAllAsync(process, isOnDisk: false);
                break;
            case StepKind.LookInto:
                if (await EndsAsync(process, process.Programs.LookAsync(call.Path, isDeep: false)) is { } seen)
                    Judge($"{call.Path} is {seen}", seen.Error, seen.Trouble, states => states.SelectMany(state => new ModelLooks(_facts, MayFail).At(state, call.Path, seen)));
                break;
            default:
                if (process.Programs.HasOpen(call.Slot) && await EndsAsync(process, process.Programs.ReadOpenAsync(call.Slot)) is { } content)
                    Judge($"slot {call.Slot} has {content.Describe()}", FileSystemError.None, content.Trouble, states => states.SelectMany(state => new ModelLooks(_facts, MayFail).Open(state, call.Slot, content)));
                break;
        }
    }

    private async Task LookAtAllAsync(WritingProcess process, bool isOnDisk)
    {
        if (await EndsAsync(process, process.Programs.LookAsync(VirtualPath.Root, isDeep: true)) is { } seen)
            Judge(ModelText.Show(seen), seen.Error, seen.Trouble, states => states.SelectMany(state => new ModelLooks(_facts, MayFail, isOnDisk).At(state, VirtualPath.Root, seen)));
    }

    private void Judge(string what, FileSystemError error, FileSystemError trouble, Func<IReadOnlyList<ModelState>, IEnumerable<ModelState>> explain)
    {
        Note(what);
        if (MayFail(error)) return;
        if (trouble != FileSystemError.None && !MayFail(trouble)) Violate("a read fails only for a reason", $"{what}: {trouble}");
        var before = _states;
        _states = [.. ModelOrders.Distinct(explain(before))];
        if (_states.Count == 0)
            Violate("the view shows what was written", $"{what}\nis none of {before.Count}: {string.Join("\nor ", before.Take(4).Select(ModelText.Show))}");
    }

    /// <summary>Null when the process died first.</summary>
    private static async Task<T?> EndsAsync<T>(WritingProcess process, Task<T> look)
        where T : class
    {
        await Task.WhenAny(look, process.Life.Died);
        return look.IsCompletedSuccessfully ? await look : null;
    }

    private bool MayFail(FileSystemError error) => error switch
    {
        // Of a name that was listed, and is not found when it is asked for, the view does not say that it is absent.
        FileSystemError.Unreachable when _world.Truth.All.Any(version => version.Until is not null && Store.Find(version.Path) is null) => true,
        FileSystemError.Unreachable or FileSystemError.TimedOut or FileSystemError.Corrupt => _scheduler.Clock.GetUtcNow() - Store.LastTroubleAt < TroubleLasts,
        FileSystemError.Stale => _world.Truth.All.Any(version => version.From > SimulatedClock.Start || version.Until is not null),
        _ => false,
    };

    private async Task<WritingProcess?> StartAsync(ViewFactory open)
    {
        var life = new Life(++_lives, _scheduler.Clock);
        var recorder = new HistoryRecorder([], life);
        var blocks = new SimulatedBlockStore(_world.Disk, life, recorder);
        var caller = new Caller(_scheduler, life, _violations);
        var rooms = new EngineRooms
        {
            Sources = [new SimulatedSource(Store, life, Stream(life, "source"))],
            Blocks = blocks,
            State = new SimulatedStateStore(_world.State, life, Stream(life, "state")),
            Clock = life,
            Logs = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            Overlay = new OverlayRooms(new SimulatedJournal(_disk, life, Stream(life, "journal")), new SimulatedOverlayFiles(_disk, life)),
        };
        var (hasEnded, view) = await caller.CallAsync("start", () => open(_world.Options, rooms, CancellationToken.None));
        return hasEnded ? new WritingProcess(life, view!, caller, blocks) : null;
    }

    private SeededRandom Stream(Life life, string purpose) => SeededRandom.For(_plan.Seed, $"{purpose} of writing in life {life.Number}");

    /// <summary>The next process sees the disk as it is; whoever looks then with the source at hand sees one of the states that are allowed.</summary>
    private async Task<WritingProcess?> ReplaceAsync(WritingProcess process, ViewFactory open)
    {
        if (!process.Life.IsDead) await Task.WhenAny(process.StopAsync(), process.Life.Died);
        var losesPower = _losesPower && process.Life.IsDead;
        process.Life.Kill();
        _world.Disk.Crash();
        if (losesPower) _disk.LosePower();
        _disk.Revive();
        (_losesPower, var lost) = (false, losesPower);
        Note(lost ? "the power goes" : "the process ends");
        _states = [.. _states.SelectMany(state => lost ? ModelDeaths.AfterPowerLoss(state) : ModelDeaths.AfterKill(state))];
        Store.Set(RemoteFaults.None);
        if (await StartAsync(open) is not { } next) return null;
        await LookAtAllAsync(next, isOnDisk: lost);
        return next;
    }

    private async Task EndAsync(WritingProcess process, ViewFactory open)
    {
        _disk.Revive();
        Store.Set(RemoteFaults.None);
        for (var slot = 0; slot < WritingPlans.Slots; slot++) await BeginAndEndAsync(process, [new Step(StepKind.Close) { Slot = slot }]);
        if (_violations.Count == 0) await LookAtAllAsync(process, isOnDisk: false);
        if (_violations.Count > 0) return;
        if (process.View.OpenHandles != 0) Violate("no handle is left", $"{process.View.OpenHandles} handles are open after the last close");
        if (await ReplaceAsync(process, open) is { } last) await last.StopAsync();
        if (_world.Disk.Leases != 0 && _violations.Count == 0) Violate("no lease is left", $"{_world.Disk.Leases} payloads are leased after the end");
    }

    private void Note(string what) => _history.Add($"{_scheduler.Clock.GetUtcNow():HH:mm:ss.fff} life {_lives}: {what} ({_states.Count} states)");

    private void Violate(string rule, string what) => _violations.Add(new Violation(rule, what));
}
