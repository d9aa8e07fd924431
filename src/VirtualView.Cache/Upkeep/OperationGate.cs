namespace VirtualView.Cache.Upkeep;

/// <summary>Lets operations in until it closes, and closes when the last one is out: nothing is disposed under them.</summary>
internal sealed class OperationGate
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside; // guarded by _gate
    private bool _isClosed; // guarded by _gate

    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_isClosed) return false;
            _inside++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_gate)
            if (--_inside == 0 && _isClosed) _empty.TrySetResult();
    }

    /// <summary>False for all but the first caller.</summary>
    public bool TryClose(out Task whenEmpty)
    {
        whenEmpty = _empty.Task;
        lock (_gate)
        {
            if (_isClosed) return false;
            _isClosed = true;
            if (_inside == 0) _empty.TrySetResult();
            return true;
        }
    }
}
