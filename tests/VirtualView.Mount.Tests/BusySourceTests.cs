using System.Diagnostics;
using VirtualView.Core.Paths;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Web;

namespace VirtualView.Mount.Tests;

/// <summary>A server that asks to be left alone for a while.</summary>
[Trait("Needs", "fuse")]
public sealed class BusySourceTests
{
    [Fact]
    public async Task A_read_waits_as_long_as_the_server_asks_for_and_does_not_ask_meanwhile()
    {
        await using var server = new NginxServer();
        await server.InitializeAsync();
        var content = Remote.Noise(100_000, seed: 1);
        server.Files.PutFile(VirtualPath.Parse("/f"), content, Remote.Aged);
        await using var view = await MountedView.MountAsync(server.JsonUrl);
        await view.ShellAsync($"stat '{view.At("f")}'");

        server.Busy = true;
        var startedAt = Stopwatch.GetTimestamp();
        var reading = File.ReadAllBytesAsync(view.At("f"), TestContext.Current.CancellationToken);
        await server.WaitForRequestsAsync(all => all.Any(IsRefused), TestContext.Current.CancellationToken);
        server.Busy = false;
        var busyFor = Stopwatch.GetElapsedTime(startedAt);

        SameBytes.Check(content, await reading);
        Assert.True(Stopwatch.GetElapsedTime(startedAt) >= NginxServer.BusyPause);
        Assert.InRange(server.Requests().Count(IsRefused), 1, 1 + (int)(busyFor / NginxServer.BusyPause));

        static bool IsRefused(NginxRequest request) => request.Status == 429;
    }
}
