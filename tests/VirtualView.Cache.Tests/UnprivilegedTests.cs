using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;
using VirtualView.Testing.Processes;

namespace VirtualView.Cache.Tests;

/// <summary>The rights in the store's folder are not those of the user: one clear error, or reads uncached, never a crash.</summary>
[Trait("Needs", "root")]
public sealed class UnprivilegedTests : IDisposable
{
    private const int Versions = 4;
    private const int Blocks = 4;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "755")]
    [InlineData("", "700")]
    [InlineData("lock", "600")]
    [InlineData("index", "700")]
    public async Task What_another_user_keeps_closed_is_one_clear_error(string part, string mode)
    {
        var said = await RunAsync($"""chown -R root "$0/{part}"; chmod {mode} "$0/{part}" """);
        Assert.Contains("refused: the cache folder " + _folder.Path, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("payload=$(find $0/payloads -type f | head -1); chown root $payload; chmod 600 $payload", 12)] // one file of four
    [InlineData("for f in $0/payloads/*; do chown -R root $f; chmod 755 $f; chmod 600 $f/*; done", 0)]
    [InlineData("chown root $0/sources $0/format; chmod 600 $0/sources", 16)]
    public async Task What_cannot_be_read_is_a_miss_and_kept_anew(string change, int hits)
    {
        var said = await RunAsync(change);
        Assert.Contains($"hits {hits}, then {Versions * Blocks}, degraded False, warnings {(hits == 16 ? 0 : 1)}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_may_be_written_reads_go_on_uncached_and_it_is_said_once()
    {
        var said = await RunAsync("rm -r $0/payloads; mkdir -m 755 $0/payloads");
        Assert.Contains("hits 0, then 0, degraded True", said, StringComparison.Ordinal);
    }

    /// <summary>Not a test: what the other user's process runs.</summary>
    [Fact(Explicit = true)]
    public async Task Opens_reads_and_fills()
    {
        Assert.SkipWhen(Nobody.Folder is null, "runs only as the child of the tests above");
        try
        {
            await using var store = await _folder.OpenAsync(options => options with { Folder = Nobody.Folder });
            var before = await store.CountHitsAsync(Versions, Blocks);
            await FillAsync(store);
            var after = await store.CountHitsAsync(Versions, Blocks);
            Console.WriteLine($"hits {before}, then {after}, degraded {store.Status().IsDegraded}, warnings {_folder.Logs.Warnings.Length}: {string.Join(" | ", _folder.Logs.Warnings)}");
        }
        catch (BlockStoreUnavailableException refusal)
        {
            Console.WriteLine($"refused: {refusal.Message}");
        }
    }

    private async Task<string> RunAsync(string change)
    {
        await using (var store = await _folder.OpenAsync()) await FillAsync(store);
        await Nobody.OwnsAsync(_folder.Path);
        (await Command.RunAsync("sh", "-c", "set -e; " + change, _folder.Path)).Succeeded();
        return await Nobody.RunAsync(typeof(UnprivilegedTests).Assembly, $"{typeof(UnprivilegedTests).FullName}.{nameof(Opens_reads_and_fills)}", _folder.Path);
    }

    private static async Task FillAsync(BlockStore store)
    {
        for (var version = 0; version < Versions; version++)
        {
            using var payload = store.OpenBlocks(version, Blocks);
            for (var block = 0; block < Blocks; block++) await payload.PutRightAsync(block);
        }

        await store.CheckpointAsync(TestContext.Current.CancellationToken);
    }
}
