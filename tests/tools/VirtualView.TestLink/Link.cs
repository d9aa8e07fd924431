using System.Net;
using System.Net.Sockets;

namespace VirtualView.Tools;

/// <summary>
/// The simulated link itself: listener, connections and both lanes. Single-threaded; <see cref="TestLink"/> gives it
/// its thread and its lock.
/// </summary>
internal sealed class Link : IDisposable
{
    private const int ListenerKey = 0;

    private readonly IPEndPoint _to;
    private readonly Poller _poller;
    private readonly Listener _listener;
    private readonly Dictionary<int, Connection> _connections = [];
    private readonly PriorityQueue<Connection, long> _opening = new();
    private int _lastKey = ListenerKey;
    private long _accepted;

    public Link(LinkOptions options, Poller poller)
    {
        (_to, _poller, SlowStart) = (options.To, poller, options.SlowStart);
        (Rtt, Bandwidth) = (options.Rtt, options.Bandwidth);
        _listener = new Listener(options.Listen);
        poller.AddListener(_listener.Descriptor, ListenerKey);
    }

    public Lane Up { get; } = new();

    public Lane Down { get; } = new();

    public Faults Faults { get; } = new();

    public bool SlowStart { get; }

    public IPEndPoint Endpoint => _listener.Endpoint;

    public TimeSpan Rtt
    {
        get;
        set
        {
            field = value;
            Up.Delay = Down.Delay = value.Nanoseconds() / 2;
        }
    }

    public LinkRate Bandwidth
    {
        get;
        set => field = Up.Rate = Down.Rate = value;
    }

    public bool Refusing
    {
        get;
        set
        {
            if (value == field)
                return;
            field = value;
            if (value)
                _listener.Pause();
            else
                _listener.Resume();
        }
    }

    public bool Stalled
    {
        get;
        set
        {
            field = value;
            Up.Resume(LinkTime.Now);
            Down.Resume(LinkTime.Now);
        }
    }

    public LinkStats Stats => new()
    {
        Connections = _accepted,
        Open = _connections.Count,
        UpBytes = Up.BytesCrossed,
        DownBytes = Down.BytesCrossed,
        Resets = Faults.Resets,
        Cuts = Faults.Cuts,
        CorruptedBytes = Faults.CorruptedBytes,
        RttMilliseconds = Rtt.TotalMilliseconds,
        BandwidthBits = Bandwidth.BitsPerSecond,
    };

    /// <summary>When <see cref="Run"/> has to be called next, if nothing happens before.</summary>
    public long NextWake => Stalled ? LinkTime.Never : Math.Min(
        Math.Min(Up.NextWake, Down.NextWake),
        _opening.TryPeek(out _, out var due) ? due : LinkTime.Never);

    public void HandleEvent(int key, uint events, long now)
    {
        if (key == ListenerKey)
            AcceptAll(now);
        else if (_connections.TryGetValue(key & ~1, out var connection))
            connection.HandleEvent((key & 1) != 0, events, now);
    }

    /// <summary>Does all that is due.</summary>
    public void Run(long now)
    {
        if (Stalled)
            return;
        while (_opening.TryPeek(out var connection, out var due) && due <= now)
        {
            _opening.Dequeue();
            if (_connections.ContainsKey(connection.Key))
                connection.Open(_to, now, Up.Delay);
        }
        Up.Run(now);
        Down.Run(now);
    }

    public void ResetAll()
    {
        foreach (var connection in _connections.Values.ToArray())
        {
            connection.Reset();
            Faults.CountReset();
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections.Values.ToArray())
            connection.Dispose();
        _listener.Dispose();
    }

    private void AcceptAll(long now)
    {
        while (_listener.TryAccept(out var client))
        {
            // Even keys are clients; the odd one behind each is its server side.
            _lastKey += 2;
            var connection = new Connection(client, _lastKey, this, _poller, closed => _connections.Remove(closed.Key));
            _accepted++;
            _connections.Add(_lastKey, connection);
            _opening.Enqueue(connection, now + 2 * Up.Delay);
        }
    }
}
