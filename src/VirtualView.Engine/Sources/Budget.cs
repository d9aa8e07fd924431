namespace VirtualView.Engine.Sources;

/// <summary>
/// Bytes that may be under way at a time, given in the order of asking. One request larger than all of it is let
/// through alone.
/// </summary>
internal sealed class ByteBudget(long capacityBytes)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiters = new(); // guarded by _gate
    private long _taken; // guarded by _gate

    /// <summary>Waits for room. Every success must be answered by one <see cref="Return"/> of the same bytes.</summary>
    public async ValueTask TakeAsync(long bytes, CancellationToken cancel)
    {
        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            if (_waiters.Count == 0 && FitsLocked(bytes))
            {
                _taken += bytes;
                return;
            }

            node = _waiters.AddLast(new Waiter(bytes));
        }

        await using var registration = cancel.Register(() => GiveUp(node, cancel));
        await node.Value.Granted.Task;
    }

    public void Return(long bytes)
    {
        lock (_gate)
        {
            _taken -= bytes;
            GrantLocked();
        }
    }

    private void GrantLocked()
    {
        while (_waiters.First is { } first && FitsLocked(first.Value.Bytes))
        {
            _waiters.RemoveFirst();
            _taken += first.Value.Bytes;
            first.Value.Granted.SetResult(); // its continuation runs elsewhere
        }
    }

    private bool FitsLocked(long bytes) => _taken == 0 || _taken + bytes <= capacityBytes;

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

    private sealed record Waiter(long Bytes)
    {
        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
