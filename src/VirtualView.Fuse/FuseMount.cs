using Microsoft.Extensions.Logging;
using VirtualView.Core.Crashes;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Mounting;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse;

/// <summary>A view that is mounted. No other code of this process may open a path below the mount point.</summary>
public sealed class FuseMount : IAsyncDisposable, IKernelNotifier
{
    /// <summary>For the kernel to send INIT.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>For the device to end after an unmount. All is flushed by then.</summary>
    private static readonly TimeSpan UnmountPatience = TimeSpan.FromSeconds(1);

    private readonly FuseSession _session;
    private readonly IMountMethod _method;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly MountEntry? _entry;

    private FuseMount(FuseSession session, MountedDevice mounted, MountEntry? entry, TimeProvider time, ILogger logger)
    {
        (_session, _method, MountPoint) = (session, mounted.Method, mounted.Path);
        (_time, _logger) = (time, logger);
        _entry = entry;
        Locks = new KernelLocks(_entry?.Device ?? "");
        Completion = RunToEndAsync();
    }

    /// <summary>As the kernel names it: absolute, without symbolic links.</summary>
    public string MountPoint { get; }

    /// <summary>Locks that programs hold on files of this mount.</summary>
    public IFileLocks Locks { get; }

    public FuseCounters Counters => _session.Counters;

    /// <summary>Ends when the view is no longer mounted, whoever unmounted it, and everything is released.</summary>
    public Task Completion { get; }

    /// <summary>Mounts; when this returns, programs can read.</summary>
    /// <exception cref="MountException">It cannot be mounted here; the message says why and what to do.</exception>
    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    public static async Task<FuseMount> StartAsync(
        FuseMountOptions options, IViewFileSystem fileSystem, TimeProvider time, ILoggerFactory loggers, CancellationToken cancel)
    {
        options.Validate();
        var logger = loggers.CreateLogger<FuseMount>();
        var methods = MountMethods.Of(options.Method);
        var path = await new MountPointCheck(options, methods, time, logger).PrepareAsync(cancel).ConfigureAwait(false);
        var mounted = await MountMethods.MountAsync(methods, path, options, cancel).ConfigureAwait(false);
        CrashPoint.Reached(CrashPoints.FuseMountAttached);
        var mount = await ServeAsync(mounted, MountTable.Find(mounted.Path), options, fileSystem, time, loggers, cancel).ConfigureAwait(false);
        CrashPoint.Reached(CrashPoints.FuseMountAgreed);
        if (mount._entry is { } entry) ReadAhead.TrySet(entry, options.ReadAheadKiB, logger);
        return mount;
    }

    public void EntryChanged(NodeId parent, PathName name) => _session.EntryChanged(parent, name);

    public void NodeChanged(NodeId node) => _session.NodeChanged(node);

    /// <summary>
    /// Unmounts and waits for <see cref="Completion"/>. With <paramref name="force"/> also while programs use it:
    /// their calls fail, and what they have open gives errors.
    /// </summary>
    /// <exception cref="MountException">It is not permitted.</exception>
    public async Task<UnmountOutcome> UnmountAsync(bool force)
    {
        if (Completion.IsCompleted) return UnmountOutcome.NotMounted;
        var outcome = await _method.UnmountAsync(MountPoint, force, CancellationToken.None).ConfigureAwait(false);
        if (outcome == UnmountOutcome.Busy) return outcome;
        CrashPoint.Reached(CrashPoints.FuseUnmountDetached);
        try
        {
            await Completion.WaitAsync(UnmountPatience, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Detached, but alive: open files, or a copy of the mount in another namespace.
            await _session.StopAsync().ConfigureAwait(false);
            await Completion.ConfigureAwait(false);
        }

        return outcome;
    }

    /// <summary>Ends it at once, mounted or not: calls of who uses it fail. For a mount that only another process can take off.</summary>
    public async Task DisconnectAsync()
    {
        await _session.StopAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (await UnmountAsync(force: false).ConfigureAwait(false) == UnmountOutcome.Busy)
            await UnmountAsync(force: true).ConfigureAwait(false);
    }

    internal static Task<FuseMount> ServeAsync(
        Descriptor device, FuseMountOptions options, IViewFileSystem fileSystem, TimeProvider time, ILoggerFactory loggers, CancellationToken cancel)
    {
        options.Validate();
        var mounted = new MountedDevice(device, options.MountPoint, new HandedMount(device));
        return ServeAsync(mounted, entry: null, options, fileSystem, time, loggers, cancel);
    }

    private static async Task<FuseMount> ServeAsync(
        MountedDevice mounted, MountEntry? entry, FuseMountOptions options, IViewFileSystem fileSystem, TimeProvider time, ILoggerFactory loggers,
        CancellationToken cancel)
    {
        var logger = loggers.CreateLogger<FuseMount>();
        var session = new FuseSession(mounted.Device, fileSystem, options, new CallerProbe(), new FuseCounters(), time, logger);
        try
        {
            var agreement = await session.StartAsync(Patience, cancel).ConfigureAwait(false);
            FuseLog.Mounted(logger, mounted.Path, mounted.Method.Name, agreement.Minor, session.Readers, agreement.Granted);
        }
        catch (Exception cause)
        {
            await UndoAsync(mounted, session).ConfigureAwait(false);
            if (cause is OperationCanceledException) throw;
            throw new MountException($"the kernel and we do not come together: {cause.Message}", mounted.Path, "Linux 5.4 or newer is needed", cause);
        }

        return new FuseMount(session, mounted, entry, time, logger);
    }

    private static async Task UndoAsync(MountedDevice mounted, FuseSession session)
    {
        await mounted.Method.UnmountAsync(mounted.Path, force: true, CancellationToken.None).ConfigureAwait(false);
        await session.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunToEndAsync()
    {
        await _session.RunToEndAsync().ConfigureAwait(false);
        FuseLog.Ended(_logger, MountPoint, _session.EndErrno);

        // Aborted without an unmount: what is left would answer ENOTCONN to everyone.
        if (_entry is not null && MountTable.Find(MountPoint) == _entry)
            await _method.UnmountAsync(MountPoint, force: true, CancellationToken.None).ConfigureAwait(false);
    }
}
