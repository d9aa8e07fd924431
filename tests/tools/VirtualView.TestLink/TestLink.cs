using System.Net;

namespace VirtualView.Tools;

/// <summary>
/// A TCP proxy that behaves like a link with a round-trip time and a bandwidth, and breaks on command.
/// All members may be used from any thread once it has started; commands take effect before they return.
/// </summary>
/// <remarks>
/// A connection costs one round trip before its first byte moves, as the TCP handshake does; the client's connect call
/// itself returns at once, because the kernel answers it. Faults meet the bytes from server to client.
/// </remarks>
public sealed class TestLink(LinkOptions options) : IAsyncDisposable
{
    private readonly Lock _gate = new(); // guards _link and what belongs to it
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Poller? _poller;
    private Link? _link;
    private LinkStats? _final;
    private volatile bool _stopping;

    /// <summary>Where clients connect.</summary>
    public IPEndPoint Endpoint => With(link => link.Endpoint);

    public TimeSpan Rtt
    {
        get => With(link => link.Rtt);
        set => Do(link => link.Rtt = value);
    }

    public LinkRate Bandwidth
    {
        get => With(link => link.Bandwidth);
        set => Do(link => link.Bandwidth = value);
    }

    /// <summary>While true nothing moves on the link; connections stay open.</summary>
    public bool Stalled
    {
        get => With(link => link.Stalled);
        set => Do(link => link.Stalled = value);
    }

    /// <summary>While true new connections are refused; open ones live on.</summary>
    public bool Refusing
    {
        get => With(link => link.Refusing);
        set => Do(link => link.Refusing = value);
    }

    /// <summary>The counters; after disposal those of the end.</summary>
    public LinkStats Stats
    {
        get
        {
            lock (_gate)
                return _final ?? Started.Stats;
        }
    }

    private Link Started => _link ?? throw new InvalidOperationException("the link has not been started, or has ended");

    /// <summary>Listens and begins to forward.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address is not free.</exception>
    public Task StartAsync()
    {
        lock (_gate)
        {
            if (_poller is not null)
                throw new InvalidOperationException("the link has been started already");
            _poller = new Poller();
            _link = new Link(options, _poller);
        }
        // A thread of its own: its timers must be exact whatever the pool is busy with.
        new Thread(RunLoop) { IsBackground = true, Name = "test link" }.Start();
        return Task.CompletedTask;
    }

    /// <summary>Ends all connections now, both sides, with RST.</summary>
    public void ResetAll() => Do(link => link.ResetAll());

    /// <summary>Ends with RST the connection that delivers the next <paramref name="bytes"/>-th byte of response. Once.</summary>
    public void ResetAfter(long bytes) => Do(link => link.Faults.ResetAfter(bytes));

    /// <summary>Ends with FIN the connection that delivers the next <paramref name="bytes"/>-th byte of response. Once.</summary>
    public void CutAfter(long bytes) => Do(link => link.Faults.CutAfter(bytes));

    /// <summary>Flips one bit in every <paramref name="bytes"/>-th byte of response, headers included.</summary>
    public void CorruptEvery(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        Do(link => link.Faults.CorruptEvery(bytes));
    }

    /// <summary>Flips one bit in the last byte of the next segment of response that is more than a bare HTTP header.</summary>
    public void CorruptOnce() => Do(link => link.Faults.CorruptOnce());

    public void StopCorrupting() => Do(link => link.Faults.StopCorrupting());

    /// <summary>Ends all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_poller is null)
            return;
        _stopping = true;
        _poller.Wake();
        await _ended.Task;
    }

    private void RunLoop()
    {
        Exception? failure = null;
        try
        {
            Native.UsePreciseTimers();
            while (!_stopping)
                RunOnce();
        }
        catch (Exception e)
        {
            // Whoever disposes of the link learns why it died.
            failure = e;
        }
        lock (_gate)
        {
            _final = _link!.Stats;
            _link.Dispose();
            _link = null;
        }
        _poller!.Dispose();
        if (failure is null)
            _ended.SetResult();
        else
            _ended.SetException(failure);
    }

    private void RunOnce()
    {
        long until;
        lock (_gate)
            until = _link!.NextWake;
        var events = _poller!.Wait(until);
        lock (_gate)
        {
            var now = LinkTime.Now;
            foreach (var happened in events)
                if (!_poller.TakeWake(happened.Key))
                    _link!.HandleEvent(happened.Key, happened.Events, now);
            _link!.Run(now);
        }
    }

    private T With<T>(Func<Link, T> read)
    {
        lock (_gate)
            return read(Started);
    }

    private void Do(Action<Link> change)
    {
        lock (_gate)
            change(Started);
        _poller!.Wake();
    }
}
