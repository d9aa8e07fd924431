using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Device;

/// <summary>Reads requests of one channel and has them answered, until the device ends or a stop is asked for.</summary>
internal sealed class ReaderThread
{
    private readonly DeviceChannel _channel;
    private readonly Dispatcher _dispatcher;
    private readonly int _maxReadBytes;
    private readonly CancellationToken _stop;
    private readonly DedicatedThread _thread;
    private volatile int _number;

    /// <param name="stop">Looked at between requests: a reader that waits for one must be woken as well.</param>
    public ReaderThread(int number, DeviceChannel channel, Dispatcher dispatcher, int maxReadBytes, CancellationToken stop)
    {
        (_channel, _dispatcher, _maxReadBytes, _stop) = (channel, dispatcher, maxReadBytes, stop);
        _thread = DedicatedThread.Start($"fuse reader {number}", Loop);
    }

    public Task Ended => _thread.Ended;

    /// <summary>What ended the device; zero when the reader was stopped.</summary>
    public int EndErrno { get; private set; }

    /// <summary>Has it look whether it is to stop, if it waits in the kernel just now.</summary>
    public void Wake()
    {
        if (_number is var number and not 0 && !Ended.IsCompleted) ThreadSignal.Send(number);
    }

    private void Loop()
    {
        _number = ThreadSignal.CurrentThread;
        _ = LibC.Prctl(LibC.SetIoFlusher, 1, 0, 0, 0); // needs CAP_SYS_RESOURCE; without it reclaim may wait for us
        using var received = new NativePages(FuseProtocol.MaxWriteBytes + FuseProtocol.RequestOverheadBytes);
        using IDisposable owner = new ReplyBuffer(_maxReadBytes);
        var reply = (ReplyBuffer)owner;
        while (!_stop.IsCancellationRequested)
        {
            var length = _channel.Receive(received, out var errno, _stop);
            EndErrno = errno;
            if (length == 0 || _stop.IsCancellationRequested) return;
            _dispatcher.Handle(Message(received, length), _channel, reply);
        }
    }

    private static unsafe ReadOnlySpan<byte> Message(NativePages received, int length) => new(received.Start, length);
}
