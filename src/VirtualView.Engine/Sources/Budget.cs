namespace VirtualView.Engine.Sources;

/// <summary>
/// What may be in use at a time, be it bytes on their way or calls, given in the order of asking. One request larger
/// than all of it is let through alone.
/// </summary>
internal sealed class Budget(long capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiters = new(); // guarded by _gate
    private long _taken; // guarded by _gate

    /// <summary>Waits for room. Every success must be answered by one <see cref="Return"/> of the same amount.</summary>
    public async ValueTask TakeAsync(long amount, CancellationToken cancel)
    {
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            if (_waiters.Count == 0 && FitsLocked(amount))
            {
                _taken += amount;
                return;
            }

            node = _waiters.AddLast(new Waiter(amount));
        }

        await using var registration = cancel.Register(() => GiveUp(node, cancel));
        await node.Value.Granted.Task;
    }

    public void Return(long amount)
    {
        lock (_gate)
        {
            _taken -= amount;
            GrantLocked();
        }
    }

    private void GrantLocked()
    {
        while (_waiters.First is { } first && FitsLocked(first.Value.Amount))
        {
            _waiters.RemoveFirst();
            _taken += first.Value.Amount;
            first.Value.Granted.SetResult(); // its continuation runs elsewhere
        }
    }

    private bool FitsLocked(long amount) => _taken == 0 || _taken + amount <= capacity;

    private void GiveUp(LinkedListNode<Waiter> node, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (node.List is null) return; // granted meanwhile
            _waiters.Remove(node);
            // Those behind it may have waited for nothing but their turn.
            GrantLocked();
        }

        node.Value.Granted.SetCanceled(cancel);
    }

    private sealed record Waiter(long Amount)
    {
        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
