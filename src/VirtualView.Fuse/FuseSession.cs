using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Notify;
using VirtualView.Fuse.Passthrough;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse;

/// <summary>One connection to a kernel, from INIT to its end. Owns the device and every thread on it.</summary>
internal sealed class FuseSession : IKernelNotifier, IAsyncDisposable
{
    /// <summary>For calls that a cancellation should have ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenWakes = TimeSpan.FromMilliseconds(10);
    private const int MostWakes = 100;

    private readonly FuseMountOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Negotiation _negotiation = new();
    private readonly WaitingRoom _room;
    private readonly InterruptWatch _interrupts;
    private readonly OpenHandles _handles;
    private readonly Dispatcher _dispatcher;
    private readonly DeviceChannel _first;
    private readonly BackingFiles _backing;
    private readonly List<ReaderThread> _readers = [];
    private readonly HashSet<DeviceChannel> _channels = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _leftBehind = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private KernelNotifier? _notifier;

    public FuseSession(
        Descriptor device, IViewFileSystem fileSystem, FuseMountOptions options, ICallerProbe probe,
        FuseCounters counters, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger, Counters) = (options, time, logger, counters);
        var replier = new Replier(counters, logger);
        _room = new WaitingRoom(options, replier, counters, logger);
        _interrupts = new InterruptWatch(_room, probe, time);
        _first = new DeviceChannel(device);
        _backing = new BackingFiles(_first, logger);
        var modes = new OpenModes(fileSystem, _backing, counters);
        _handles = new OpenHandles(fileSystem, modes, logger);
        var operations = new OperationTable(fileSystem, options, _negotiation, _handles, modes, _room, _interrupts, counters, logger);
        _dispatcher = new Dispatcher(operations, replier, counters, logger);
    }

    public FuseCounters Counters { get; }

    public int Readers => _readers.Count;

    private Task ReadersEnded => Task.WhenAll(_readers.Select(reader => reader.Ended));

    /// <summary>What ended the device; zero if we did.</summary>
    public int EndErrno => _readers.Select(reader => reader.EndErrno).FirstOrDefault(errno => errno != 0);

    /// <summary>Answers INIT on one thread, and only then starts the others.</summary>
    /// <exception cref="NotSupportedException">The kernel is too old.</exception>
    /// <exception cref="TimeoutException">The kernel sent no INIT.</exception>
    public async Task<Agreement> StartAsync(TimeSpan patience, CancellationToken cancel)
    {
        StartReader(_first);
        var first = _readers[0].Ended;
        await Task.WhenAny(_negotiation.Agreed, first).WaitAsync(patience, _time, cancel).ConfigureAwait(false);
        if (!_negotiation.Agreed.IsCompleted) throw new IOException($"the device ended before INIT (errno {_readers[0].EndErrno})");
        var agreement = await _negotiation.Agreed.ConfigureAwait(false);
        _backing.Begin(agreement);
        _notifier = new KernelNotifier(_first, agreement, Counters, _logger);
        while (_readers.Count < _options.ReaderThreads) StartReader(FuseDevice.CloneOrShare(_first));
        return agreement;
    }

    public void EntryChanged(NodeId parent, PathName name) => _notifier?.EntryChanged(parent, name);

    public void NodeChanged(NodeId node) => _notifier?.NodeChanged(node);

    /// <summary>
    /// Has every reader end, also on a connection that the kernel keeps alive for open files or a copy of the mount: what
    /// waits is cancelled, readers are woken, and one that the kernel does not let go is left behind.
    /// </summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _room.CancelAll();
        for (var wakes = 0; wakes < MostWakes && !ReadersEnded.IsCompleted; wakes++)
        {
            foreach (var reader in _readers) reader.Wake();
            // Not by the clock that was handed in: it is the kernel that is waited for.
            await Task.WhenAny(ReadersEnded, Task.Delay(BetweenWakes, TimeProvider.System)).ConfigureAwait(false);
        }

        _leftBehind.TrySetResult();
    }

    /// <summary>Waits until the device has ended, and closes everything.</summary>
    public async Task RunToEndAsync()
    {
        await LogFailureAsync("reader", await Task.WhenAny(ReadersEnded, _leftBehind.Task).ConfigureAwait(false)).ConfigureAwait(false);
        await _room.CloseAsync(Patience, _time).ConfigureAwait(false);
        await _handles.ReleaseAllAsync().ConfigureAwait(false);
        _interrupts.Dispose();
        _notifier?.Stop();
        foreach (var channel in _channels) channel.Dispose(); // the last one aborts what is left of the connection
        if (_notifier is { } notifier)
            await LogFailureAsync("notifier", notifier.Ended.WaitAsync(Patience, _time)).ConfigureAwait(false);
    }

    /// <summary>Ends a session that nobody runs to its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await RunToEndAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void StartReader(DeviceChannel channel)
    {
        _channels.Add(channel);
        _readers.Add(new ReaderThread(_readers.Count, channel, _dispatcher, _options.MaxReadBytes, _stop.Token));
    }

    private async Task LogFailureAsync(string thread, Task ended)
    {
        try
        {
            await ended.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a loop's edge: the end goes on whatever ended the thread
        catch (Exception cause)
#pragma warning restore CA1031
        {
            FuseLog.ThreadFailed(_logger, thread, cause);
        }
    }
}
