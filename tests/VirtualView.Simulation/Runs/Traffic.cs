using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Runs;

/// <summary>What programs do with the view: many things at the same time, in a few slots for open files.</summary>
internal sealed class Traffic(World world, SimulatedClock clock)
{
    private const int Slots = 8;

    private readonly List<Task> _begun = [];
    private readonly Slot?[] _slots = new Slot?[Slots];

    /// <summary>Begins what the step says; waits only where the step is about waiting.</summary>
    public async Task UseAsync(Daemon daemon, Step step)
    {
        var path = world.InView(step.Source, PathNames.All[step.Path]);
        switch (step.Kind)
        {
            case StepKind.Wait: await Task.Delay(TimeSpan.FromMilliseconds(step.A), clock); break;
            case StepKind.Settle: await SettleAsync(); break;
            case StepKind.Look: _begun.Add(daemon.LookAsync(path)); break;
            case StepKind.List: _begun.Add(daemon.ListAsync(path.Parent, 1 + (step.A % 7))); break;
            case StepKind.Poll: _begun.Add(PollAsync(daemon, acceptDeletions: false)); break;
            // To its end: what goes meanwhile may be accepted with the rest, or not.
            case StepKind.Accept: await PollAsync(daemon, acceptDeletions: true); break;
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

    public static async Task PollAsync(Daemon daemon, bool acceptDeletions) =>
        await daemon.Caller.CallAsync("poll", Caller.LongestPoll, () => daemon.View.PollAsync(acceptDeletions, CancellationToken.None));

    /// <summary>Waits for everything that was begun.</summary>
    public async Task SettleAsync()
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

    public void ReleaseAll(Daemon daemon)
    {
        for (var slot = 0; slot < Slots; slot++)
            Release(daemon, slot);
    }

    /// <summary>Forgets what was under way in a process that is gone.</summary>
    public void Abandon()
    {
        _begun.Clear();
        Array.Clear(_slots);
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
            if (open is { } opened) daemon.Release(slot.Path, opened);
        }
    }
}
