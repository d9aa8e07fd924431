using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;
using VirtualView.Testing;

namespace VirtualView.Cache.Tests;

public sealed class LendingTests : IDisposable
{
    private const int Block = TestFolder.Block;
    private const int Blocks = 4;

    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_whole_proven_payload_lends_a_file_with_just_its_content()
    {
        await using var store = await _folder.OpenAsync();
        using var payload = store.Open(new PayloadIdentity(Content.Version(1), (3 * Block) + 17));
        for (var block = 0; block < 3; block++)
        {
            await payload.PutRightAsync(block);
            Assert.False(payload.TryLend(out _));
        }

        await payload.PutRightAsync(3);
        using var file = Lend(payload);
        Assert.True(payload.IsLent);
        CheckContent(payload, file);
    }

    [Fact]
    public async Task An_empty_version_has_no_file_to_lend()
    {
        await using var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, 0);
        Assert.False(payload.TryLend(out _));
    }

    [Fact]
    public async Task Nothing_is_lent_where_every_read_must_be_verified()
    {
        await using var store = await _folder.OpenAsync(options => options with { VerifyAlways = true });
        using var payload = await FullAsync(store, 1);
        Assert.False(payload.TryLend(out _));
    }

    [Fact]
    public async Task After_a_restart_it_is_lent_only_once_it_is_proven()
    {
        await using (var first = await _folder.OpenAsync()) (await FullAsync(first, 1)).Dispose();
        await using var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, Blocks);
        Assert.False(payload.TryLend(out _));
        Assert.True(await payload.HitsBlockAsync(2));
        Assert.False(await payload.ProveAsync((Blocks - 2) * Block, Cancel)); // three are left
        Assert.False(payload.TryLend(out _));
        Assert.True(await payload.ProveAsync((Blocks - 1) * Block, Cancel));
        using var file = Lend(payload);
        CheckContent(payload, file);
    }

    [Fact]
    public async Task A_damaged_file_is_not_lent()
    {
        await using (var first = await _folder.OpenAsync()) (await FullAsync(first, 1)).Dispose();
        Damage(Assert.Single(_folder.PayloadFiles()));
        await using var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, Blocks);
        Assert.False(await payload.ProveAsync(long.MaxValue, Cancel));
        Assert.False(payload.TryLend(out _));
        Assert.Equal(1, store.Status().Damaged);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Eviction_leaves_a_lent_file_as_it_is_to_who_has_it(bool hasHoles)
    {
        await using var store = await _folder.OpenAsync(
            options => options with { CapacityBytes = 8 * Block }, new FlakyDisk { HasHoles = hasHoles });
        var payload = await FullAsync(store, 1);
        using var file = Lend(payload);
        payload.Dispose();
        // The clock's hand comes to it a second time once those that it emptied have left the list, behind our back.
        for (var version = 2; version < 12 || IsCached(store, 1); version++)
        {
            Assert.InRange(version, 2, 10_000);
            (await FullAsync(store, version)).Dispose();
        }

        CheckContent(payload, file);
        using var again = store.OpenBlocks(1, Blocks);
        Assert.False(again.IsLent);
        Assert.InRange(store.Status().UsedBytes, 0, 8 * Block);
    }

    [Fact]
    public async Task What_is_on_loan_is_not_evicted_as_that_would_free_nothing()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block });
        using var payload = await FullAsync(store, 1);
        using var file = Lend(payload);
        using var other = store.OpenBlocks(2, 100);
        for (var block = 0; block < 100; block++) Assert.Equal(PutOutcome.Stored, await other.PutRightAsync(block));
        Assert.Equal(Blocks * Block, payload.Cached().TotalBytes);
        CheckContent(payload, file);
    }

    [Fact]
    public async Task With_everything_on_loan_there_is_no_room()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = Blocks * Block });
        using var payload = await FullAsync(store, 1);
        using var file = Lend(payload);
        store.Drop(Content.Version(1));
        using var other = store.OpenBlocks(2, 1);
        Assert.Equal(PutOutcome.NoRoom, await other.PutRightAsync(0));
        CheckContent(payload, file);
    }

    [Fact]
    public async Task A_dropped_version_keeps_its_bytes_for_who_has_the_file()
    {
        await using var store = await _folder.OpenAsync();
        var payload = await FullAsync(store, 1);
        using var file = Lend(payload);
        store.Drop(Content.Version(1));
        payload.Dispose();
        await Eventually.TrueAsync(() => _folder.PayloadFiles().Length == 0);
        CheckContent(payload, file);
    }

    [Fact]
    public async Task A_block_put_after_the_eviction_lands_in_another_file()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block });
        var payload = await FullAsync(store, 1);
        using var file = Lend(payload);
        payload.Dispose();
        using (var other = store.OpenBlocks(2, 8))
            for (var block = 0; block < 8; block++) await other.PutRightAsync(block);
        using var again = await FullAsync(store, 1);
        using var second = Lend(again);
        CheckContent(again, second);
        CheckContent(payload, file);
    }

    [Fact]
    public async Task A_start_that_misses_a_block_of_a_lent_file_deletes_it_and_punches_nothing()
    {
        using var crashed = new TestFolder();
        await using var store = await _folder.OpenAsync(disk: new FlakyDisk { HasAttributes = false }); // labels in files, so that a copy has them
        using var payload = store.OpenBlocks(1, Blocks);
        for (var block = 0; block < Blocks - 1; block++) await payload.PutRightAsync(block);
        await store.CheckpointAsync(Cancel);
        _folder.CopyTo(crashed.Path);
        await payload.PutRightAsync(Blocks - 1); // its key is not in the copy
        Lend(payload).Dispose();
        var path = Assert.Single(crashed.PayloadFiles(), IsNoLabel);
        File.Move(Assert.Single(_folder.PayloadFiles(), IsNoLabel), path, overwrite: true); // a copy would lose the mark
        using var mapped = File.OpenHandle(path);

        await using var next = await crashed.OpenAsync(disk: new FlakyDisk { HasAttributes = false });
        Assert.Equal(0, next.Status().Blocks);
        Assert.Empty(crashed.PayloadFiles());
        CheckContent(payload, mapped);
    }

    [Fact]
    public async Task Damage_found_after_a_restart_never_punches_a_file_that_was_lent()
    {
        await using (var first = await _folder.OpenAsync())
        {
            using var lent = await FullAsync(first, 1);
            Lend(lent).Dispose();
        }

        var path = Assert.Single(_folder.PayloadFiles());
        using var mapped = File.OpenHandle(path);
        Damage(path);
        var before = Read(mapped, Blocks * Block);
        await using var store = await _folder.OpenAsync();
        using var payload = store.OpenBlocks(1, Blocks);
        Assert.True(payload.IsLent);
        Assert.False(await payload.HitsBlockAsync(1));
        Assert.True(payload.Cached().IsEmpty);
        Assert.Equal(before, Read(mapped, Blocks * Block));
    }

    [Fact]
    public async Task Lending_and_evicting_at_the_same_time_never_changes_a_lent_file()
    {
        await using var store = await _folder.OpenAsync(options => options with { CapacityBytes = 8 * Block });
        var evicting = Task.Run(async () =>
        {
            using var scan = store.OpenBlocks(9, 400);
            for (var block = 0; block < 400; block++) await scan.PutRightAsync(block);
        }, Cancel);
        var lent = new List<(SafeFileHandle File, IPayload Payload)>();
        while (!evicting.IsCompleted)
        {
            using var payload = await FullAsync(store, lent.Count % 5);
            if (payload.TryLend(out var file)) lent.Add((file, payload));
        }

        await evicting;
        Assert.NotEmpty(lent);
        foreach (var (file, payload) in lent)
        {
            CheckContent(payload, file);
            file.Dispose();
        }
    }

    private static bool IsNoLabel(string path) => !path.EndsWith(".label", StringComparison.Ordinal);

    private static SafeFileHandle Lend(IPayload payload)
    {
        Assert.True(payload.TryLend(out var file));
        return file;
    }

    private static bool IsCached(IBlockStore store, int version)
    {
        using var payload = store.OpenBlocks(version, Blocks);
        return !payload.Cached().IsEmpty;
    }

    private static async Task<IPayload> FullAsync(IBlockStore store, int version)
    {
        var payload = store.OpenBlocks(version, Blocks);
        for (var block = 0; block < Blocks; block++) await payload.PutRightAsync(block);
        return payload;
    }

    private static byte[] Read(SafeFileHandle file, int length)
    {
        var bytes = new byte[length];
        Assert.Equal(length, RandomAccess.Read(file, bytes, 0));
        return bytes;
    }

    private static void CheckContent(IPayload payload, SafeFileHandle file)
    {
        Assert.Equal(payload.Identity.SizeBytes, RandomAccess.GetLength(file));
        Assert.True(Content.IsRight(payload.Identity.Version, 0, Read(file, (int)payload.Identity.SizeBytes)), "the lent file has wrong bytes");
    }

    private static void Damage(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, new byte[100], Block + 1000);
    }
}
