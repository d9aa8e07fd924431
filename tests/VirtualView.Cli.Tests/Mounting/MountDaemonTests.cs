using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Mounting;
using VirtualView.Cli.Tests.Support;

namespace VirtualView.Cli.Tests.Mounting;

public sealed class MountDaemonTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeSession _session = new();
    private readonly FakeLifetime _lifetime = new();
    private readonly List<string> _announced = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DaemonRegistry Registry => new([Path.Combine(_folder.Path, "run")]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_announces_itself_once_it_can_be_found_and_asked()
    {
        var daemon = Daemon(_ => Attempt<IViewSession>.Of(_session));
        await daemon.StartAsync(Cancel);
        Assert.Equal(["mounted exp at /mnt/exp"], _announced);
        using var client = new DaemonClient(Registry.Find("/mnt/exp")!, TimeSpan.FromSeconds(10));
        Assert.True((await client.GetAsync("/v1/status", Cancel)).IsOk);
        await daemon.StopAsync(Cancel);
    }

    [Fact]
    public async Task What_is_amiss_is_said_before_the_view_is_announced()
    {
        var daemon = Daemon(_ => Attempt<IViewSession>.Of(new FakeSession { Warnings = ["web is away"] }));
        await daemon.StartAsync(Cancel);
        Assert.Equal(["warning: web is away", "mounted exp at /mnt/exp"], _announced);
        await daemon.StopAsync(Cancel);
    }

    [Fact]
    public async Task A_stop_unmounts_closes_the_rooms_and_leaves_nothing_to_be_found()
    {
        var daemon = Daemon(_ => Attempt<IViewSession>.Of(_session));
        await daemon.StartAsync(Cancel);
        await daemon.StopAsync(Cancel);
        Assert.Equal([false], _session.UnmountCalls);
        Assert.True(_session.IsDisposed);
        Assert.Empty(Registry.All());
        Assert.Null(daemon.Failure);
    }

    [Fact]
    public async Task A_stop_detaches_a_busy_mount_all_the_same()
    {
        _session.IsBusy = true;
        var daemon = Daemon(_ => Attempt<IViewSession>.Of(_session));
        await daemon.StartAsync(Cancel);
        await daemon.StopAsync(Cancel);
        Assert.Equal([false, true], _session.UnmountCalls);
        Assert.Null(daemon.Failure);
    }

    [Fact]
    public async Task A_mount_that_ends_from_outside_ends_the_daemon()
    {
        var daemon = Daemon(_ => Attempt<IViewSession>.Of(_session));
        await daemon.StartAsync(Cancel);
        _session.EndFromOutside();
        await _lifetime.Stopped.WaitAsync(Cancel);
        await daemon.StopAsync(Cancel);
        Assert.Empty(_session.UnmountCalls);
        Assert.Null(daemon.Failure);
    }

    [Fact]
    public async Task A_mount_that_breaks_ends_the_daemon_with_its_cause()
    {
        var daemon = Daemon(_ => Attempt<IViewSession>.Of(_session));
        await daemon.StartAsync(Cancel);
        _session.Break(new IOException("the device is gone"));
        await _lifetime.Stopped.WaitAsync(Cancel);
        await daemon.StopAsync(Cancel);
        Assert.Contains("the device is gone", daemon.Failure!.Lines[0], StringComparison.Ordinal);
        Assert.True(_session.IsDisposed);
    }

    [Fact]
    public async Task Rooms_that_do_not_open_end_the_daemon_before_it_announces_itself()
    {
        var daemon = Daemon(_ => new Failure(ExitCode.Failed, "the state is locked"));
        await daemon.StartAsync(Cancel);
        await _lifetime.Stopped.WaitAsync(Cancel);
        await daemon.StopAsync(Cancel);
        Assert.Equal("the state is locked", daemon.Failure!.Lines[0]);
        Assert.Empty(_announced);
    }

    [Fact]
    public async Task A_request_to_unmount_ends_the_daemon()
    {
        var daemon = Daemon(_ => Attempt<IViewSession>.Of(_session));
        await daemon.StartAsync(Cancel);
        using var client = new DaemonClient(Registry.Find("/mnt/exp")!, TimeSpan.FromSeconds(10));
        Assert.True((await client.UnmountAsync(force: false, Cancel)).IsOk);
        await _lifetime.Stopped.WaitAsync(Cancel);
        await daemon.StopAsync(Cancel);
        Assert.Equal([false], _session.UnmountCalls);
    }

    private MountDaemon Daemon(Func<DaemonPlan, Attempt<IViewSession>> open) => new(
        Plan(),
        (plan, _, _, _) => ValueTask.FromResult(open(plan)),
        new Announcements(_announced.Add, warning => _announced.Add($"warning: {warning}")),
        Registry,
        TimeProvider.System,
        NullLoggerFactory.Instance,
        _lifetime);

    private DaemonPlan Plan() => DaemonPlan.Of(
        new VirtualViewSection { View = new ViewSection { Name = "exp", MountPoint = "/mnt/exp", StateDirectory = Path.Combine(_folder.Path, "state") } },
        readOnly: true);

    private sealed class FakeLifetime : IHostApplicationLifetime
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stopped => _stopped.Task;

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => _stopped.TrySetResult();
    }
}
