using System.Diagnostics;
using System.Globalization;
using VirtualView.Core.Paths;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Web;

namespace VirtualView.Mount.Tests;

/// <summary>A server whose listings give only names, as Apache's, nginx's HTML and Python's do.</summary>
[Trait("Needs", "fuse")]
public sealed class NamesOnlyTests
{
    private const int Files = 5000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_listing_of_thousands_asks_once_for_each_file_and_publishes_them_together()
    {
        await using var server = new NginxServer();
        await server.InitializeAsync();
        for (var at = 0; at < Files; at++)
            server.Files.PutFile(VirtualPath.Parse($"/run/frame_{at:00000}.tif"), new byte[1 + (at % 9)], Remote.Aged);
        await using var view = MountedView.NotYetMounted(server.HtmlUrl.ToString());
        view.Configure("""
            "Coherence": { "PollInterval": "1h", "MaxPollInterval": "1h" }
            """);
        await view.StartAsync();
        await view.ShellAsync($"ls '{view.At("run")}' > /dev/null");
        var before = (await view.StatusAsync()).GetProperty("snapshot").GetInt64();

        var listed = (await view.ShellAsync($"ls -l '{view.At("run")}' | awk 'NR > 1 {{ n++; bytes += $5 }} END {{ print n, bytes }}'")).Succeeded();

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{Files} {Enumerable.Range(0, Files).Sum(at => 1 + (at % 9))}"), listed.Trim());
        var heads = (await server.WaitForRequestsAsync(all => all.Count(IsHead) >= Files, Cancel)).Count(IsHead);
        Assert.InRange(heads, Files, Files + 10); // a few to find out what the server can do
        // In parts of a batch where the machine is slow; one each were as many as there are files.
        var updates = (await view.StatusAsync()).GetProperty("snapshot").GetInt64() - before;
        Assert.InRange(updates, 1, Files / 5);

        static bool IsHead(NginxRequest request) => request.Method == "HEAD";
    }

    [Fact]
    public async Task The_first_look_into_a_new_view_does_not_list_its_root_again()
    {
        await using var server = new NginxServer();
        await server.InitializeAsync();
        server.Files.PutFile(VirtualPath.Parse("/f"), [1], Remote.Aged);
        var startedAt = Stopwatch.GetTimestamp();
        await using var view = await MountedView.MountAsync(server.JsonUrl);
        Assert.Equal("f", (await view.ShellAsync($"ls '{view.MountPoint}'")).Succeeded().Trim());
        var took = Stopwatch.GetElapsedTime(startedAt);
        await view.ShellAsync($"cat '{view.At("f")}'");
        var requests = await server.WaitForRequestsAsync(all => all.Any(request => request.Target == "/json/f" && request.Method == "GET"), Cancel);
        // What is older than 5 s does not count, as on a machine that is very busy.
        Assert.InRange(requests.Count(request => request.Target == "/json/" && request.Method == "GET"), 1, took < TimeSpan.FromSeconds(5) ? 1 : 2);
    }
}
