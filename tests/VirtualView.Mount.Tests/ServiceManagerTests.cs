using System.Net.Sockets;
using System.Text;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;

namespace VirtualView.Mount.Tests;

/// <summary>What <c>Type=notify</c> in the systemd unit needs.</summary>
[Trait("Needs", "fuse")]
public sealed class ServiceManagerTests
{
    [Fact]
    public async Task A_service_manager_hears_when_the_view_is_mounted_and_when_it_ends()
    {
        using var folder = new HostFolder();
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var address = Path.Combine(folder.Path, "notify");
        manager.Bind(new UnixDomainSocketEndPoint(address));
        await using var view = MountedView.NotYetMounted($"file://{Directory.CreateDirectory(Path.Combine(folder.Path, "data")).FullName}");
        view.MoreVariables["NOTIFY_SOCKET"] = address;

        var started = view.StartAsync();
        Assert.Equal("READY=1", await HearAsync(manager));
        Assert.True(view.IsMounted);
        await started;
        await view.StopAsync();
        Assert.Equal("STOPPING=1", await HearAsync(manager));
    }

    private static async Task<string> HearAsync(Socket manager)
    {
        var message = new byte[1000];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        return Encoding.UTF8.GetString(message, 0, await manager.ReceiveAsync(message, patience.Token));
    }
}
