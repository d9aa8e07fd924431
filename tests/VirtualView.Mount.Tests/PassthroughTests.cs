using System.Security.Cryptography;
using System.Text.Json;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests;

/// <summary>What is cached as a whole is read by the kernel itself; nothing but the speed may tell.</summary>
[Trait("Needs", "fuse")]
[Trait("Needs", "root")]
public sealed class PassthroughTests : IAsyncLifetime
{
    private const int SizeBytes = 5_000_003;
    private static readonly UnixTime Later = UnixTime.FromSeconds(1_700_000_100);

    private Remote _remote = null!;
    private MountedView _view = null!;
    private byte[] _content = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string F1 => _view.At("run/f1.bin");

    public async ValueTask InitializeAsync()
    {
        _remote = await Remote.StartAsync();
        _content = _remote.Put("/run/f1.bin", SizeBytes, seed: 1);
        _view = await MountedView.MountReadOnlyAsync(_remote.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _view.DisposeAsync();
        await _remote.DisposeAsync();
    }

    [Fact]
    public async Task A_file_that_was_read_as_a_whole_is_read_by_the_kernel_from_its_next_open_on()
    {
        await CacheWholeAsync();
        var served = await ServedAsync();
        SameBytes.Check(_content, await File.ReadAllBytesAsync(F1, Cancel));
        (await Command.RunAsync("cmp", Path.Combine(_remote.Server.Files.Path, "run/f1.bin"), F1)).Succeeded();
        Assert.Equal(served, await ServedAsync());
        Assert.True(await IsLentAsync());
        Assert.Contains("read by the kernel itself", (await _view.VirtualViewAsync("explain", F1)).Succeeded(), StringComparison.Ordinal);
        Assert.Equal($"{SizeBytes}", (await Command.RunAsync("stat", "-c", "%s", F1)).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mapping_has_the_bytes_of_its_version_whatever_comes_after(bool isShared)
    {
        await CacheWholeAsync();
        using var program = await MappingProgram.StartAsync(F1, isShared);
        Assert.True(await IsLentAsync());

        var changed = _remote.Put("/run/f1.bin", SizeBytes, seed: 2, Later);
        await _view.SyncAsync();
        SameBytes.Check(changed, await File.ReadAllBytesAsync(F1, Cancel));
        Assert.Equal(Hash(_content), await program.HashAsync());
    }

    [Fact]
    public async Task An_open_handle_reads_on_in_its_version_and_the_name_leads_to_the_next()
    {
        await CacheWholeAsync();
        await using var old = new FileStream(F1, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        Assert.True(await IsLentAsync());
        var changed = _remote.Put("/run/f1.bin", SizeBytes + 5, seed: 2, Later);
        await _view.SyncAsync();
        for (var i = 0; i < 3; i++) SameBytes.Check(changed, await File.ReadAllBytesAsync(F1, Cancel));
        SameBytes.Check(_content, await AllOfAsync(old));
    }

    [Fact]
    public async Task A_mapping_outlives_the_daemon_and_the_next_one_leaves_its_file_alone()
    {
        await CacheWholeAsync();
        using var program = await MappingProgram.StartAsync(F1, isShared: true);
        await _view.KillAsync();
        await _view.StartAsync();
        _remote.Link.ResetAll();
        for (var i = 0; i < 3; i++) SameBytes.Check(_content, await File.ReadAllBytesAsync(F1, Cancel));
        Assert.Equal(Hash(_content), await program.HashAsync());
    }

    [Fact]
    public async Task After_a_restart_a_file_is_proven_before_the_kernel_gets_it()
    {
        await CacheWholeAsync();
        Assert.True(await IsLentAfterReadAsync());
        await _view.StopAsync();
        var payload = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_view.MountPoint)!, "*", SearchOption.AllDirectories), file => new FileInfo(file).Length == SizeBytes);
        await using (var file = File.OpenWrite(payload))
        {
            file.Position = 3_000_000;
            await file.WriteAsync(new byte[1_000], Cancel); // damaged while nobody looked
        }

        await _view.StartAsync();
        for (var i = 0; i < 3; i++) SameBytes.Check(_content, await File.ReadAllBytesAsync(F1, Cancel));
        Assert.Equal(1, (await _view.StatusAsync()).GetProperty("cache").GetProperty("damaged").GetInt64());
    }

    [Fact]
    public async Task A_file_that_becomes_whole_while_it_is_open_goes_on_as_it_was_opened()
    {
        await using var early = new FileStream(F1, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        SameBytes.Check(_content, await AllOfAsync(early));
        await UntilCachedAsync();
        SameBytes.Check(_content, await File.ReadAllBytesAsync(F1, Cancel)); // both ways at once would be EIO
        Assert.False(await IsLentAsync());
        SameBytes.Check(_content, await AllOfAsync(early));
    }

    [Fact]
    public async Task Sixty_four_readers_that_open_and_close_at_once_all_read_the_same_bytes()
    {
        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancel }, async (reader, cancel) =>
        {
            var random = new Random(reader);
            var into = new byte[100_000];
            for (var i = 0; i < 20; i++)
            {
                await using var file = new FileStream(F1, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                file.Position = random.Next(SizeBytes - into.Length);
                var at = (int)file.Position;
                await file.ReadExactlyAsync(into, cancel);
                SameBytes.Check(_content.AsMemory(at, into.Length), into);
            }
        });
        await CacheWholeAsync();
        Assert.True(await IsLentAfterReadAsync());
    }

    [Fact]
    public async Task What_is_evicted_while_it_is_mapped_keeps_its_bytes_for_the_mapping()
    {
        await using var view = await MountConfiguredAsync(passthrough: "Auto");
        await CacheWholeAsync(view);
        using var program = await MappingProgram.StartAsync(view.At("run/f1.bin"), isShared: true);
        for (var file = 2; file < 45; file++) _remote.Put($"/run/f{file}.bin", SizeBytes, file);
        await view.SyncAsync();
        for (var file = 2; file < 45; file++)
            SameBytes.Check(Remote.Noise(SizeBytes, file), await File.ReadAllBytesAsync(view.At($"run/f{file}.bin"), Cancel));

        // The hand passes over what is busy just then, so it must go on: with new files, as the kernel remembers the others.
        var next = 45;
        await view.UntilAsync("the mapped file is evicted", async () =>
        {
            if (await CachedAsync(view) == 0) return true;
            _remote.Put($"/run/f{next}.bin", SizeBytes, next);
            await view.SyncAsync();
            SameBytes.Check(Remote.Noise(SizeBytes, next), await File.ReadAllBytesAsync(view.At($"run/f{next}.bin"), Cancel));
            next++;
            return false;
        });
        Assert.Equal(Hash(_content), await program.HashAsync());
        SameBytes.Check(_content, await File.ReadAllBytesAsync(view.At("run/f1.bin"), Cancel));
    }

    [Fact]
    public async Task Turned_off_the_daemon_serves_every_byte()
    {
        await using var view = await MountConfiguredAsync(passthrough: "Off");
        await CacheWholeAsync(view);
        SameBytes.Check(_content, await File.ReadAllBytesAsync(view.At("run/f1.bin"), Cancel));
        Assert.False((await ExplainAsync(view)).GetProperty("isLent").GetBoolean());
    }

    private Task<MountedView> MountConfiguredAsync(string passthrough) => MountedView.MountConfiguredAsync($$"""
        { "VirtualView": {
            "View": { "Name": "small", "MountPoint": "MNT", "StateDirectory": "STATE", "Passthrough": "{{passthrough}}", "ReadOnly": true },
            "Sources": { "web": { "Kind": "Http", "Url": "{{_remote.Url}}" } },
            "Mappings": [ { "At": "/", "Sources": [ "web" ] } ],
            "Cache": { "Capacity": "64 MiB" } } }
        """);

    private Task CacheWholeAsync() => CacheWholeAsync(_view);

    private async Task CacheWholeAsync(MountedView view)
    {
        SameBytes.Check(_content, await File.ReadAllBytesAsync(view.At("run/f1.bin"), Cancel));
        await view.UntilAsync("all blocks are stored", async () => await CachedAsync(view) == SizeBytes);
    }

    private Task UntilCachedAsync() => _view.UntilAsync("all blocks are stored", async () => await CachedAsync(_view) == SizeBytes);

    private static async Task<long> CachedAsync(MountedView view) => (await ExplainAsync(view)).GetProperty("cachedBytes").GetInt64();

    private async Task<bool> IsLentAfterReadAsync()
    {
        await File.ReadAllBytesAsync(F1, Cancel);
        return await IsLentAsync();
    }

    private async Task<bool> IsLentAsync() => (await ExplainAsync(_view)).GetProperty("isLent").GetBoolean();

    private async Task<long> ServedAsync() => (await _view.StatusAsync()).GetProperty("bytesServed").GetInt64();

    private static async Task<JsonElement> ExplainAsync(MountedView view) =>
        JsonDocument.Parse((await view.VirtualViewAsync("explain", view.At("run/f1.bin"), "--json")).Succeeded()).RootElement;

    private static async Task<byte[]> AllOfAsync(FileStream file)
    {
        file.Position = 0;
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, Cancel);
        return bytes;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
