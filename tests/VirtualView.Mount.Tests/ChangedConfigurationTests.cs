using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Web;

namespace VirtualView.Mount.Tests;

/// <summary>A configuration file that is edited while its view is mounted.</summary>
[Trait("Needs", "fuse")]
public sealed class ChangedConfigurationTests
{
    [Fact]
    public async Task A_shorter_poll_interval_holds_without_a_remount()
    {
        await using var server = new NginxServer();
        await server.InitializeAsync();
        server.Files.PutFile(VirtualPath.Parse("/run/f"), new byte[10], Remote.Aged);
        await using var view = MountedView.NotYetMounted(server.JsonUrl.ToString());
        view.Configure(Polls("7d", "Never"));
        await view.StartAsync();
        Assert.Equal("10", await SizeAsync(view));
        server.Files.PutFile(VirtualPath.Parse("/run/f"), new byte[20], UnixTime.FromSeconds(1_700_000_100));
        Assert.Equal("10", await SizeAsync(view));

        view.Configure(Polls("1s", "Never"));

        await view.UntilAsync("the poll sees the change", async () => await SizeAsync(view) == "20");
    }

    private static string Polls(string interval, string revalidate) =>
        $$""" "Coherence": { "PollInterval": "{{interval}}", "MaxPollInterval": "{{interval}}", "Revalidate": "{{revalidate}}" } """;

    private static async Task<string> SizeAsync(MountedView view) => (await view.ShellAsync($"stat -c %s '{view.At("run/f")}'")).Succeeded().Trim();
}
