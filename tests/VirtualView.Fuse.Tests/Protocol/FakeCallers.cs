using System.Collections.Concurrent;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Tests.Protocol;

/// <summary>Processes that live until a test says otherwise.</summary>
internal sealed class FakeCallers : ICallerProbe
{
    private readonly ConcurrentDictionary<uint, bool> _dying = new();
    private int _asked;

    public int Asked => Volatile.Read(ref _asked);

    public void Kill(uint pid) => _dying[pid] = true;

    public bool IsDying(uint pid)
    {
        Interlocked.Increment(ref _asked);
        return _dying.ContainsKey(pid);
    }
}
