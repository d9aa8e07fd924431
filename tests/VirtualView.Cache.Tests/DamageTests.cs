using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;
using VirtualView.Testing;

namespace VirtualView.Cache.Tests;

[Trait("Duration", "medium")]
public sealed class DamageTests : IDisposable
{
    private const int Block = TestFolder.Block;
    private const int Versions = 4;
    private const int Blocks = 12;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_flipped_byte_of_a_block_is_a_miss_that_heals_and_is_counted()
    {
        await FillAsync();
        Flip(_folder.PayloadFiles()[0], (3 * Block) + 5);
        await using var store = await _folder.OpenAsync();
        Assert.Equal((Versions * Blocks) - 1, await store.CountHitsAsync(Versions, Blocks));
        Assert.Equal(1, store.Status().Damaged);

        Assert.Equal(1, await RefillAsync(store));
        Assert.Equal(Versions * Blocks, await store.CountHitsAsync(Versions, Blocks));
    }

    [Fact]
    public async Task Verifying_always_finds_damage_after_the_first_use_too()
    {
        await using var store = await _folder.OpenAsync(options => options with { VerifyAlways = true });
        using var payload = store.OpenBlocks(1, 2);
        await payload.PutRightAsync(0);
        Assert.Equal(BlockRead.WouldBlock, payload.TryRead(0, new byte[10]));
        Assert.True(await payload.HitsBlockAsync(0));
        Flip(_folder.PayloadFiles()[0], 100);

        Assert.False(await payload.HitsAsync(0, 10));
        Assert.Equal(1, store.Status().Damaged);
    }

    [Fact]
    public async Task Whole_blocks_are_proved_without_waiting_and_flipped_ones_are_not_served_so()
    {
        await FillAsync();
        await using var store = await _folder.OpenAsync(options => options with { VerifyAlways = true });
        using var payload = store.OpenBlocks(0, Blocks);
        Assert.True(await payload.HitsBlockAsync(0)); // opens the file
        var bytes = new byte[2 * Block];
        Assert.Equal(BlockRead.Hit, payload.TryRead(Block, bytes));
        Assert.True(Content.IsRight(payload.Identity.Version, Block, bytes));
        Assert.Equal(BlockRead.WouldBlock, payload.TryRead(Block + 1, bytes.AsSpan(0, Block)));

        foreach (var file in _folder.PayloadFiles()) Flip(file, (2 * Block) + 5);
        Assert.Equal(BlockRead.WouldBlock, payload.TryRead(Block, bytes));
        Assert.False(await payload.HitsBlockAsync(2));
        Assert.True(await payload.HitsBlockAsync(1));
    }

    [Fact]
    public async Task Blocks_in_the_place_of_other_blocks_are_not_served()
    {
        await FillAsync();
        var files = _folder.PayloadFiles();
        var first = await File.ReadAllBytesAsync(files[0], TestContext.Current.CancellationToken);
        first.AsSpan(0, Block).CopyTo(first.AsSpan(Block));
        using (var file = new FileStream(files[0], FileMode.Open)) file.Write(first);
        using (var file = new FileStream(files[1], FileMode.Open)) file.Write(first);

        await using var store = await _folder.OpenAsync();
        Assert.Equal(((Versions - 1) * Blocks) - 1, await store.CountHitsAsync(Versions, Blocks));
    }

    [Fact]
    public async Task A_payload_file_that_vanishes_while_open_is_made_anew()
    {
        await using var store = await _folder.OpenAsync(options => options with { OpenFiles = 1 });
        using var payload = store.OpenBlocks(1, 4);
        using var other = store.OpenBlocks(2, 4);
        for (var block = 0; block < 3; block++) await payload.PutRightAsync(block);
        File.Delete(_folder.PayloadFiles()[0]);
        await other.PutRightAsync(0); // closes the first one's file

        Assert.False(await payload.HitsBlockAsync(0));
        Assert.Equal(PutOutcome.Stored, await payload.PutRightAsync(3));
        Assert.True(await payload.HitsBlockAsync(3));
        Assert.False(await payload.HitsBlockAsync(1));
        Assert.Equal(2 * Block, store.Status().UsedBytes);
    }

    [Fact]
    public async Task Files_that_are_not_ours_are_deleted_from_the_payload_folder()
    {
        await FillAsync();
        var folder = Path.GetDirectoryName(_folder.PayloadFiles()[0])!;
        await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "0123456789abcdef"), "x", TestContext.Current.CancellationToken);
        await using var store = await _folder.OpenAsync();
        Assert.Contains(_folder.Logs.Warnings, line => line.StartsWith("2 files without a label or a block", StringComparison.Ordinal));
        Assert.DoesNotContain(_folder.Logs.Warnings, line => line.Contains("cached blocks", StringComparison.Ordinal));
        Assert.Equal(Versions, _folder.PayloadFiles().Length);
        Assert.Equal(Versions * Blocks, await store.CountHitsAsync(Versions, Blocks));
    }

    [Fact]
    public async Task With_the_newest_checkpoint_damaged_the_older_one_serves()
    {
        await FillAsync();
        Flip(Directory.GetFiles(Path.Combine(_folder.Path, "index", "seals")).Order(StringComparer.Ordinal).Last(), 70);
        await using var store = await _folder.OpenAsync();
        Assert.Equal("older checkpoint", store.Status().OpenedFrom);
        Assert.True(await store.CountHitsAsync(Versions, Blocks) >= Blocks);
        Assert.Contains(_folder.Logs.Warnings, line => line.Contains("older checkpoint", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Something_before_the_first_record_of_the_log_does_not_move_the_records_after_it(bool isSealDamaged)
    {
        await FillAsync();
        Flip(Path.Combine(_folder.Path, "index", "log.0"), 26);
        if (isSealDamaged) Flip(Directory.GetFiles(Path.Combine(_folder.Path, "index", "seals")).Order(StringComparer.Ordinal).Last(), 70);
        await using (var store = await _folder.OpenAsync())
        {
            Assert.Equal("salvaged", store.Status().OpenedFrom);
            Assert.Equal(Versions * Blocks, await store.CountHitsAsync(Versions, Blocks));
        }

        await using var again = await _folder.OpenAsync();
        Assert.Equal("checkpoint", again.Status().OpenedFrom);
        Assert.Equal(Versions * Blocks, await again.CountHitsAsync(Versions, Blocks));
    }

    [Fact]
    public async Task Without_any_checkpoint_the_records_of_the_log_are_salvaged()
    {
        await FillAsync();
        Directory.Delete(Path.Combine(_folder.Path, "index", "seals"), recursive: true);
        await using (var store = await _folder.OpenAsync())
        {
            Assert.Equal("salvaged", store.Status().OpenedFrom);
            Assert.Equal(Versions * Blocks, await store.CountHitsAsync(Versions, Blocks));
        }

        await using var again = await _folder.OpenAsync();
        Assert.Equal("checkpoint", again.Status().OpenedFrom);
        Assert.Equal(Versions * Blocks, await again.CountHitsAsync(Versions, Blocks));
    }

    [Fact]
    public async Task A_flipped_byte_anywhere_in_the_folder_never_gives_a_wrong_byte_and_always_opens()
    {
        await FillAsync();
        var random = new Random(99);
        for (var round = 0; round < PropertyRuns.Of(24); round++)
        {
            var files = Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);
            // Every second time in the index, which is small beside the payloads.
            var index = files.Where(path => path.Contains("/index/", StringComparison.Ordinal)).ToArray();
            var path = round % 2 == 0 ? index[random.Next(index.Length)] : files[random.Next(files.Length)];
            var length = new FileInfo(path).Length;
            switch (random.Next(4))
            {
                case 0 when length > 0:
                    using (var file = new FileStream(path, FileMode.Open)) file.SetLength(random.NextInt64(length));
                    break;
                case 1:
                    File.Delete(path);
                    break;
                default:
                    for (var i = 0; i < 20 && length > 0; i++) Flip(path, random.NextInt64(Math.Min(length, 20_000)));
                    break;
            }

            await OpenCheckAndRefillAsync($"round {round}, {path}");
        }
    }

    [Theory]
    [InlineData("index")]
    [InlineData("index/seals")]
    [InlineData("index/cpr-checkpoints")]
    [InlineData("index/index-checkpoints")]
    [InlineData("payloads")]
    [InlineData("format")]
    [InlineData("sources")]
    [InlineData("lock")]
    public async Task A_part_that_is_removed_or_replaced_by_its_opposite_costs_blocks_but_never_the_start(string part)
    {
        await FillAsync();
        var path = Path.Combine(_folder.Path, part);
        Layout.StoreFormat.Delete(path);
        await OpenCheckAndRefillAsync(part + " removed");

        if (part == "lock") return;
        var wasFolder = Directory.Exists(path);
        Layout.StoreFormat.Delete(path);
        if (wasFolder) await File.WriteAllTextAsync(path, "garbage", TestContext.Current.CancellationToken);
        else Directory.CreateDirectory(Path.Combine(path, "garbage"));
        await OpenCheckAndRefillAsync(part + " replaced");
    }

    private static void Flip(string path, long at)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        var old = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)~old);
    }

    private async Task OpenCheckAndRefillAsync(string what)
    {
        try
        {
            await using var store = await _folder.OpenAsync();
            await store.CountHitsAsync(Versions, Blocks);
            await RefillAsync(store);
            Assert.Equal(Versions * Blocks, await store.CountHitsAsync(Versions, Blocks));
            Assert.Equal((long)Versions * Blocks * Block, store.Status().UsedBytes);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(what, error);
        }
    }

    private async Task FillAsync()
    {
        await using var store = await _folder.OpenAsync();
        for (var version = 0; version < Versions; version++)
        {
            using var payload = store.OpenBlocks(version, Blocks);
            for (var block = 0; block < Blocks; block++) await payload.PutRightAsync(block);
            await store.CheckpointAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<int> RefillAsync(BlockStore store)
    {
        var stored = 0;
        for (var version = 0; version < Versions; version++)
        {
            using var payload = store.OpenBlocks(version, Blocks);
            for (var block = 0; block < Blocks; block++)
                if (await payload.PutRightAsync(block) == PutOutcome.Stored) stored++;
        }

        return stored;
    }
}
