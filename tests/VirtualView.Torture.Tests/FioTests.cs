using System.Diagnostics;
using System.Net;
using VirtualView.Testing.Web;
using VirtualView.Tools;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Fio;

namespace VirtualView.Torture.Tests;

[Trait("Needs", "fuse")]
public sealed class FioTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly NginxServer _server = new();
    private TestLink _link = null!;
    private DaemonFolders _folders = null!;

    private string Source => Path.Combine(_server.Files.Path, "fio");

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        await FioFiles.WriteAsync(Source);
        _link = new TestLink(new LinkOptions { To = new IPEndPoint(IPAddress.Loopback, _server.Port) });
        await _link.StartAsync();
        var source = new Dictionary<string, object> { ["web"] = new { Kind = "Http", Url = $"http://{_link.Endpoint}/json/fio/" } };
        // Half of the files fit: most rounds fetch. A reader waits 20 s; no fault lasts longer than 4.
        _folders = new DaemonFolders(disk: null, source, capacity: "72 MiB", timeout: "10s");
    }

    public async ValueTask DisposeAsync()
    {
        if (_folders.IsMounted) await Testing.Processes.Command.RunAsync("umount", "--lazy", _folders.MountPoint);
        _folders.Dispose();
        await _link.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public Task Fio_finds_no_error_for_twenty_seconds_while_the_source_fails_at_random() => RunAsync(TimeSpan.FromSeconds(20), seed: 1);

    [Fact]
    [Trait("Duration", "long")]
    public Task Fio_finds_no_error_for_ten_minutes_while_the_source_fails_at_random() => RunAsync(TimeSpan.FromMinutes(10), seed: 2);

    [Fact]
    public async Task Fio_finds_a_single_wrong_bit()
    {
        var file = Path.Combine(Source, FioFiles.Name(3));
        using (var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite))
        {
            var one = new byte[1];
            RandomAccess.Read(handle, one, 7_000_001);
            RandomAccess.Write(handle, [(byte)(one[0] ^ 1)], 7_000_001);
        }

        Assert.NotEqual(0, (await FioFiles.ReadAsync(Source)).ExitCode);
    }

    private async Task RunAsync(TimeSpan time, int seed)
    {
        await using var daemon = DaemonLife.Begin(_folders);
        await daemon.MustMountAsync();
        var view = Path.Combine(_folders.MountPoint, "web");
        var faults = new FaultPlayer(_link, _server, seed);
        using var stop = new CancellationTokenSource();
        var playing = faults.RunAsync(stop.Token);
        var (began, rounds) = (Stopwatch.GetTimestamp(), 0);
        for (; Stopwatch.GetElapsedTime(began) < time; rounds++)
        {
            var round = await FioFiles.ReadAsync(view);
            if (round.ExitCode != 0) Assert.Fail($"round {rounds}, after {faults.Faults} faults: {round.Error}\n{round.Output}\n{await daemon.EndedErrorsAsync()}");
        }

        await stop.CancelAsync();
        await playing;
        await daemon.StopAsync();
        output.WriteLine($"{rounds} rounds of {FioFiles.SizeMiB} MiB a file, {faults.Faults} faults, {_link.Stats}");
    }
}
