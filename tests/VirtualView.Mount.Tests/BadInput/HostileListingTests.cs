using System.Text;
using System.Text.Json;
using VirtualView.Core.Paths;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.BadInput;

/// <summary>A real web server whose listing is a page that somebody wrote to do harm.</summary>
[Trait("Needs", "fuse")]
public sealed class HostileListingTests : IAsyncLifetime
{
    private Remote _remote = null!;

    // nginx gives this page where a folder that may not be listed is asked for.
    private static readonly VirtualPath Page = VirtualPath.Parse("/index.html");

    public async ValueTask InitializeAsync() => _remote = await Remote.StartAsync();

    public ValueTask DisposeAsync() => _remote.DisposeAsync();

    [Fact]
    public async Task Names_that_lead_elsewhere_are_left_out_and_the_others_are_there()
    {
        _remote.Put("/good", 10, seed: 1);
        string[] names = ["good", ".", "..", "../good", "/etc/passwd", "a/b", "", "nul\0", "good", new string('x', 256)];
        await using var view = await MountAsync(names.Select(name => Entry(name, 10)));
        Assert.Equal("good\n", (await Command.RunAsync("ls", "-A", view.MountPoint)).Succeeded());
        Assert.Equal(10, (await File.ReadAllBytesAsync(view.At("good"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Sizes_and_times_at_the_ends_of_their_ranges_are_shown_as_they_are()
    {
        await using var view = await MountAsync(
        [
            Entry("empty", 0), Entry("huge", (9L << 40) + 1), Entry("largest", long.MaxValue),
            Entry("ancient", 1, "Mon, 01 Jan 1900 00:00:00 GMT"), Entry("future", 1, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ]);
        // Times are kept in nanoseconds, which end in the year 2262.
        var stat = (await Command.RunAsync("sh", "-c", $"cd '{view.MountPoint}' && stat --format='%n %s %Y' *")).Succeeded();
        Assert.Equal(
            ["ancient 1 -2208988800", "empty 0 1700000000", "future 1 9223372036", "huge 9895604649985 1700000000", $"largest {long.MaxValue} 1700000000"],
            stat.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
        Assert.Equal("", (await Command.RunAsync("cat", view.At("empty"))).Succeeded());

        // There is no such file on the server, and no hang, no zeros.
        Assert.NotEqual(0, (await Command.RunAsync("dd", $"if={view.At("huge")}", "of=/dev/null", "bs=4096", "count=1", "skip=2G")).ExitCode);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1e30")]
    [InlineData("\"many\"")]
    public async Task A_size_that_cannot_be_is_not_believed_and_the_file_is_asked_for(string size)
    {
        var bytes = _remote.Put("/a", 10, seed: 1);
        Show($$"""[{"name":"a","type":"file","mtime":"yesterday","size":{{size}}}]""");
        await using var view = await MountedView.MountAsync(_remote.Server.UnlistedUrl);
        Assert.Equal(10, new FileInfo(view.At("a")).Length);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(view.At("a"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_listing_that_ends_in_the_middle_is_refused_whole()
    {
        Show("""[{"name":"a","type":"file","mtime":"Tue, 14 Nov 2023 22:13:20 GMT","size":1},{"name":"b","ty""");
        await using var view = MountedView.NotYetMounted(_remote.Server.UnlistedUrl.ToString());
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(view.StartAsync);
        Assert.Contains("nothing to mount: the source 'source' cannot be listed: ", refused.Message, StringComparison.Ordinal);
    }

    private static object Entry(string name, long size, string modified = "Tue, 14 Nov 2023 22:13:20 GMT") =>
        new { name, type = "file", mtime = modified, size };

    private Task<MountedView> MountAsync(IEnumerable<object> entries)
    {
        Show(JsonSerializer.Serialize(entries));
        return MountedView.MountAsync(_remote.Server.UnlistedUrl);
    }

    private void Show(string page) => _remote.Server.Files.PutFile(Page, Encoding.UTF8.GetBytes(page), Remote.Aged);
}
