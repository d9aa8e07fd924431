using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VirtualView.Cli.Daemons;
using VirtualView.Core.Crashes;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Mounting;
using VirtualView.Service;
using VirtualView.Service.Sockets;

namespace VirtualView.Cli.Mounting;

/// <summary>
/// The daemon while it runs: opens and mounts at its start, answers on its socket, and ends when it is told to or when
/// its mount is gone.
/// </summary>
internal sealed partial class MountDaemon(
    DaemonPlan plan,
    OpenSession open,
    Announcements announce,
    DaemonRegistry registry,
    TimeProvider clock,
    ILoggerFactory logs,
    IHostApplicationLifetime lifetime) : IHostedService
{
    private readonly ILogger _logger = logs.CreateLogger<MountDaemon>();
    private IViewSession? _session;
    private ControlService? _service;
    private string? _recordFile;
    private ConfigurationWatch? _configuration;
    private Task _watch = Task.CompletedTask;

    /// <summary>Why the daemon could not start, or what broke it.</summary>
    public Failure? Failure { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var opened = await open(plan, clock, logs, cancellationToken);
        if (!opened.IsOk)
        {
            Fail(opened.Failure);
            return;
        }

        _session = opened.Value;
        try
        {
            _service = await ControlService.StartAsync(
                new ControlServiceOptions { SocketPath = plan.SocketPath, Daemon = plan.Describe(clock.GetUtcNow()) }, _session, logs, cancellationToken);
            _recordFile = registry.Write(Record());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(new Failure(ExitCode.Failed, failure.Message));
            return;
        }

        _watch = WatchAsync(_session);
        if (plan.Reading is { } reading) _configuration = ConfigurationWatch.Start(plan, reading, _session, clock, logs.CreateLogger<ConfigurationWatch>());
        foreach (var warning in _session.Warnings)
            announce.Warning(warning);
        announce.Mounted($"mounted {plan.ViewName} at {plan.MountPoint}");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_configuration is not null) await _configuration.DisposeAsync();
        if (_session is not null) await TakeOffAsync(_session);
        await _watch;
        if (_service is not null) await _service.DisposeAsync();
        if (_session is not null) await _session.DisposeAsync();

        CrashPoint.Reached(CrashPoints.CliStopClosed);
        // Last: who waits for the record to go may mount again at once.
        if (_recordFile is not null) DaemonRegistry.Remove(_recordFile);
    }

    private async Task TakeOffAsync(IViewSession session)
    {
        if (session.Completion.IsCompleted) return;
        var answer = await session.UnmountAsync(force: false, CancellationToken.None);
        if (answer.IsUnmounted) return;

        // Whoever still has a file open keeps it until closed, and gets errors; a daemon that was told to end must end.
        LogForced(answer.Why);
        answer = await session.UnmountAsync(force: true, CancellationToken.None);
        if (!answer.IsUnmounted) Failure ??= new Failure(ExitCode.Failed, $"{plan.MountPoint} could not be unmounted: {answer.Why}");
    }

    private async Task WatchAsync(IViewSession session)
    {
        try
        {
            await session.Completion;
        }
        catch (Exception broken)
        {
            // The edge of the daemon: whatever broke the mount ends the process, with its cause.
            LogBroken(broken);
            Failure ??= new Failure(ExitCode.Failed, $"the mount {plan.MountPoint} broke: {broken.Message}");
        }

        lifetime.StopApplication();
    }

    private void Fail(Failure failure)
    {
        Failure = failure;
        lifetime.StopApplication();
    }

    private DaemonRecord Record() => new()
    {
        MountPoint = plan.MountPoint,
        View = plan.ViewName,
        ProcessId = Environment.ProcessId,
        ProcessStartTicks = ProcessLife.StartTicks(Environment.ProcessId) ?? 0,
        BootId = ProcessLife.BootId,
        Device = MountTable.Read().FirstOrDefault(mount => RawText.ToText(mount.MountPoint) == plan.MountPoint)?.Device,
        UserId = ProcessUser.EffectiveId,
        StateFolder = plan.StateFolder,
        Socket = plan.SocketPath,
    };

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Detaching the mount although it is in use: {Why}")]
    private partial void LogForced(string? why);

    [LoggerMessage(EventId = 2, Level = LogLevel.Critical, Message = "The mount broke")]
    private partial void LogBroken(Exception cause);
}
