using System.Runtime.InteropServices;

namespace VirtualView.Tools;

/// <summary>Waits for sockets and for a point in time, whichever comes first; woken from other threads.</summary>
internal sealed unsafe class Poller : IDisposable
{
    private const int WakeKey = -1;
    private const int Capacity = 64;

    private readonly int _epoll = Native.CreateEpoll();
    private readonly int _wake = Native.CreateEvent();
    private readonly Native.PackedEvent[] _events = new Native.PackedEvent[Capacity];

    public Poller() => Add(_wake, WakeKey, Native.EpollIn);

    /// <summary>Reports both readiness changes of a socket, once each (edge-triggered), under <paramref name="key"/> >= 0.</summary>
    public void AddStream(int fd, int key) => Add(fd, key, Native.EpollIn | Native.EpollOut | Native.EpollEdge);

    /// <summary>Stops or resumes reporting that a socket has bytes; if it has some when that resumes, it is reported.</summary>
    public void ChangeStream(int fd, int key, bool readable) => Control(Native.ControlModify, fd, key,
        Native.EpollOut | Native.EpollEdge | (readable ? Native.EpollIn : 0));

    /// <summary>Reports new connections. Edge-triggered too: a paused listener is in a state that would be reported for ever.</summary>
    public void AddListener(int fd, int key) => Add(fd, key, Native.EpollIn | Native.EpollEdge);

    /// <summary>Waits until something is ready or <paramref name="until"/> has come.</summary>
    public ReadOnlySpan<Native.PackedEvent> Wait(long until)
    {
        var wait = until == LinkTime.Never ? 0 : Math.Max(0, until - LinkTime.Now);
        var timeout = new Native.TimeSpec { Seconds = wait / 1_000_000_000, Nanoseconds = wait % 1_000_000_000 };
        int count;
        fixed (Native.PackedEvent* events = _events)
            count = Native.EpollWait(_epoll, events, Capacity, until == LinkTime.Never ? null : &timeout, null);
        if (count < 0 && Marshal.GetLastPInvokeError() == Native.Interrupted)
            return [];
        return _events.AsSpan(0, Native.Check(count));
    }

    /// <summary>Ends a wait of the loop. Any thread may call it.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = Native.Write(_wake, &one, sizeof(ulong));
    }

    /// <summary>Takes back a wake-up; true if the event was one.</summary>
    public bool TakeWake(int key)
    {
        if (key != WakeKey)
            return false;
        ulong count;
        _ = Native.Read(_wake, &count, sizeof(ulong));
        return true;
    }

    public void Dispose()
    {
        _ = Native.Close(_wake);
        _ = Native.Close(_epoll);
    }

    private void Add(int fd, int key, uint events) => Control(Native.ControlAdd, fd, key, events);

    private void Control(int operation, int fd, int key, uint events)
    {
        var change = new Native.PackedEvent { Events = events, Key = key };
        Native.Check(Native.EpollControl(_epoll, operation, fd, &change));
    }
}
