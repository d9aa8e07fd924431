namespace VirtualView.Fuse.Native;

/// <summary>Spare objects, at most <paramref name="kept"/> of them. Neither rent nor return allocates in a steady state.</summary>
internal sealed class ObjectPool<T>(int kept, Func<T> create)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly T?[] _spare = new T?[kept]; // guarded by _gate
    private int _count; // guarded by _gate

    public T Rent()
    {
        lock (_gate)
        {
            if (_count > 0)
            {
                var item = _spare[--_count]!;
                _spare[_count] = null;
                return item;
            }
        }

        return create();
    }

    public void Return(T item)
    {
        lock (_gate)
        {
            if (_count < _spare.Length)
            {
                _spare[_count++] = item;
                return;
            }
        }

        (item as IDisposable)?.Dispose();
    }
}
