using System.Text.Json;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>What a local file shows of the version below it stays readable here, when it is nowhere else any more.</summary>
[Trait("Needs", "fuse")]
public sealed class PinnedBaseTests
{
    private const int BaseBytes = 8 << 20;
    private const int OtherBytes = 100 << 20;

    [Fact]
    public async Task It_is_read_after_the_source_changed_the_cache_was_full_and_the_daemon_was_restarted()
    {
        using var source = new HostFolder();
        using var disk = new HostFolder();
        var raw = Path.Combine(source.Path, "raw");
        var expected = await PutAsync(raw, BaseBytes, seed: 1, "2020-01-01");
        await PutAsync(Path.Combine(source.Path, "other"), OtherBytes, seed: 2, "2020-01-01");
        await using var view = await MountedView.MountConfiguredAsync($$"""
            { "VirtualView": {
                "View": { "Name": "small", "MountPoint": "MNT", "StateDirectory": {{JsonSerializer.Serialize(Path.Combine(disk.Path, "state"))}} },
                "Sources": { "folder": { "Kind": "Local", "Path": {{JsonSerializer.Serialize(source.Path)}} } },
                "Mappings": [ { "At": "/", "Sources": [ "folder" ] } ],
                "Cache": { "Capacity": "64 MiB", "MinFree": "0" } } }
            """);
        (await view.VirtualViewAsync("prefetch", view.At("raw"))).Succeeded();
        (await view.ShellAsync($"printf XY | dd of='{view.At("raw")}' bs=1 seek=5 conv=notrunc status=none")).Succeeded();
        expected[5] = (byte)'X';
        expected[6] = (byte)'Y';

        await PutAsync(raw, BaseBytes, seed: 3, "2021-01-01");
        await view.SyncAsync();
        await CheckAsync(view, expected);

        // More than the cache holds: all that may go has gone by then.
        (await view.ShellAsync($"cat '{view.At("other")}' > /dev/null")).Succeeded();
        await view.UntilAsync("blocks were evicted", async () => (await view.StatusAsync()).GetProperty("cache").GetProperty("evicted").GetInt64() > 0);
        await CheckAsync(view, expected);

        // A clean end: what a kill takes of the cache is what came since the last checkpoint.
        await view.StopAsync();
        await view.StartAsync();
        (await view.ShellAsync($"cat '{view.At("other")}' > /dev/null")).Succeeded();
        await CheckAsync(view, expected);
        var change = Assert.Single(JsonDocument.Parse((await view.VirtualViewAsync("conflicts", "--mount", view.MountPoint, "--json")).Succeeded()).RootElement.EnumerateArray());
        Assert.Equal(("/raw", "baseChanged"), (change.GetProperty("path").GetString(), change.GetProperty("conflict").GetString()));
    }

    private static async Task<byte[]> PutAsync(string path, int size, int seed, string modified)
    {
        var bytes = Remote.Noise(size, seed);
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        // Older than any clock's step, so that its blocks are kept.
        (await Command.RunAsync("touch", "-d", modified, path)).Succeeded();
        return bytes;
    }

    /// <summary>By the daemon, not by the kernel's pages of before.</summary>
    private static async Task CheckAsync(MountedView view, byte[] expected)
    {
        if (Environment.IsPrivilegedProcess) await File.WriteAllTextAsync("/proc/sys/vm/drop_caches", "1", TestContext.Current.CancellationToken);
        SameBytes.Check(expected, await File.ReadAllBytesAsync(view.At("raw"), TestContext.Current.CancellationToken));
    }
}
