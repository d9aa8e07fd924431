using System.Globalization;

namespace VirtualView.Simulation.Scheduling;

/// <summary>
/// Runs all that is posted to it on one thread, in an order that the seed decides, and lets time pass when there is
/// nothing to run. Used for one run.
/// </summary>
public sealed class SeededScheduler : SynchronizationContext
{
    /// <summary>A run that takes more turns than this goes in circles.</summary>
    public const long MaxTurns = 5_000_000;

    private static readonly TimeSpan LongestLag = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new(); // guards _ready and _escapes: foreign threads may post, which is then reported
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly List<string> _escapes = [];
    private readonly List<string> _waiting = [];
    private readonly SeededRandom _random;
    private int _thread;

    public SeededScheduler(ulong seed)
    {
        _random = SeededRandom.For(seed, "scheduler");
        Clock = new SimulatedClock(action => Post(static state => ((Action)state!)(), action));
    }

    public SimulatedClock Clock { get; }

    public long Turns { get; private set; }

    /// <summary>Where work came back from a foreign thread, as stacks. Then a run need not repeat itself.</summary>
    public IReadOnlyList<string> Escapes
    {
        get
        {
            lock (_gate) return [.. _escapes];
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            if (Environment.CurrentManagedThreadId != _thread) _escapes.Add(Environment.StackTrace);
            _ready.Add((d, state));
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("a foreign thread would block on the simulation");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Names an operation in the report of a hang, until disposed.</summary>
    public IDisposable Track(string operation)
    {
        _waiting.Add(operation);
        return new Tracked(this, operation);
    }

    /// <summary>Pumps on this thread until <paramref name="main"/> has ended.</summary>
    /// <exception cref="SimulationStuckException">It cannot end any more.</exception>
    public void Run(Func<Task> main)
    {
        var before = Current;
        _thread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            var task = main();
            while (!task.IsCompleted) Turn();
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Turn()
    {
        if (++Turns > MaxTurns) throw Stuck("does not come to an end");
        if (TakeReady() is { } item) item.Callback(item.State);
        else if (!Clock.AdvanceToNextTimer(TimeSpan.MaxValue)) throw Stuck("has nothing to run and no timer");
    }

    private (SendOrPostCallback Callback, object? State)? TakeReady()
    {
        // A busy machine: time passes although there is work. Only a little, or every deadline would be unfair.
        if (_random.Chance(1.0 / 32)) Clock.AdvanceToNextTimer(LongestLag);
        lock (_gate)
        {
            if (_ready.Count == 0) return null;
            var at = _random.Next(_ready.Count);
            var item = _ready[at];
            _ready[at] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return item;
        }
    }

    private SimulationStuckException Stuck(string how) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"the simulation {how} after {Turns} turns at {Clock.GetUtcNow():O}; waiting: {(_waiting.Count == 0 ? "nothing" : string.Join("; ", _waiting))}"));

    private sealed class Tracked(SeededScheduler owner, string operation) : IDisposable
    {
        public void Dispose() => owner._waiting.Remove(operation);
    }
}
