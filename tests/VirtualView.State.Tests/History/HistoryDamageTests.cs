using CsCheck;
using Microsoft.Data.Sqlite;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Tests.Generators;
using VirtualView.State.Tests.Support;
using VirtualView.Testing;

namespace VirtualView.State.Tests.History;

public sealed class HistoryDamageTests : StateTest
{
    private readonly Snapshot _first = SampleTree.Of(20, 20, number: 5);
    private Snapshot _second = null!;

    private string HistoryFile => Path.Combine(Folder.State, "history.db");

    [Fact]
    public async Task Changed_bytes_never_give_another_tree_nor_touch_the_current_one_and_recording_goes_on()
    {
        await FillAsync();
        var whole = await File.ReadAllBytesAsync(HistoryFile, Cancel);
        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).Array[1, 3].SampleAsync(
            async flips =>
            {
                var damaged = whole.ToArray();
                foreach (var (at, bits) in flips)
                    damaged[at] ^= bits;
                await RestoreAsync(damaged);
                await AssertHarmlessAsync();
            },
            iter: PropertyRuns.Of(60), threads: 1);
    }

    [Fact]
    public async Task A_history_cut_short_anywhere_gives_no_other_tree_and_recording_goes_on()
    {
        await FillAsync();
        var whole = await File.ReadAllBytesAsync(HistoryFile, Cancel);
        await Gen.Int[1, whole.Length - 1].SampleAsync(
            async length =>
            {
                await RestoreAsync(whole[..length]);
                await AssertHarmlessAsync();
            },
            iter: PropertyRuns.Of(30), threads: 1);
    }

    [Fact]
    public async Task A_damaged_row_costs_its_directory_and_no_other()
    {
        await FillAsync();
        Damage("UPDATE directory SET entries = zeroblob(length(entries)) WHERE path = CAST('exp' || x'00' || 'd00007' AS BLOB)");
        await using var store = await OpenAsync();
        Assert.Equal(FileSystemError.Corrupt, (await store.History.ReadAsync(5, SampleTree.Path(7), Cancel)).Error);
        Assert.Null(TreeComparison.Difference(SampleTree.Path(8), _first.Find(SampleTree.Path(8))!, (await store.History.ReadAsync(5, SampleTree.Path(8), Cancel)).Value));
        Assert.Single(Logs.Warnings, warning => warning.Contains("snapshot 5", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UPDATE snapshot SET taken_at = taken_at + 1 WHERE number = 5")]
    [InlineData("UPDATE snapshot SET name = CAST('other' AS BLOB) WHERE number = 5")]
    [InlineData("UPDATE snapshot SET first = 1 WHERE number = 5")]
    public async Task A_damaged_record_is_left_out_and_its_number_not_given_again(string damage)
    {
        await FillAsync();
        Damage(damage);
        await using var store = await OpenAsync();
        var image = await store.History.LoadAsync(Cancel);
        Assert.Equal((6, 6), (Assert.Single(image.Records).Number, image.Greatest));
        Assert.Equal(image.Records, (await store.History.LoadAsync(Cancel)).Records);
        Assert.True((await store.History.ReadAsync(6, SampleTree.Path(7), Cancel)).IsOk);
    }

    [Fact]
    public async Task A_cancelled_or_refused_record_leaves_what_was_there()
    {
        await FillAsync();
        await using var store = await OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var next = SampleTree.Of(3, 3, number: 7);
        var record = new SnapshotRecord(7, 7, next.TakenAt);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.History.RecordAsync(record, next.Root, null, [], cancelled.Token));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.History.RecordAsync(record with { Number = 6 }, next.Root, null, [], Cancel));
        Assert.Equal([5L, 6L], (await store.History.LoadAsync(Cancel)).Records.Select(kept => kept.Number));
    }

    private async Task FillAsync()
    {
        await using var store = await OpenAsync();
        _second = _first.With(SampleTree.Path(7), SampleTree.Directory(7, 21, version: 5), new(99)) with { Number = 6 };
        await store.History.RecordAsync(new SnapshotRecord(5, 5, _first.TakenAt), _first.Root, null, [], Cancel);
        await store.History.RecordAsync(new SnapshotRecord(6, 6, _second.TakenAt), _second.Root, _first, [], Cancel);
        await store.SaveSnapshotAsync(null, _second, Cancel);
    }

    private async Task RestoreAsync(byte[] bytes)
    {
        foreach (var file in Directory.GetFiles(Folder.State, "history.db*")) File.Delete(file);
        await File.WriteAllBytesAsync(HistoryFile, bytes, Cancel);
    }

    private async Task AssertHarmlessAsync()
    {
        await using var store = await OpenAsync();
        AssertSame(_second, await store.LoadSnapshotAsync(Cancel));
        foreach (var tree in new[] { _first, _second })
        {
            foreach (var path in new[] { VirtualPath.Root, VirtualPath.Parse("/exp"), SampleTree.Path(7), SampleTree.Path(13) })
            {
                if ((await store.History.ReadAsync(tree.Number, path, Cancel)).TryGet(out var read)) AssertSameEntries(path, (DirectoryNode)tree.Find(path)!, read);
            }
        }

        var image = await store.History.LoadAsync(Cancel);
        var number = Math.Max(image.Greatest, 10) + 1;
        if (number < 0) return; // a flipped number that nothing can follow: it is not recorded any more, and that is all
        var next = _second with { Number = number };
        await store.History.RecordAsync(new SnapshotRecord(number, number, next.TakenAt), next.Root, null, [], Cancel);
        Assert.Equal(20, (await store.History.ReadAsync(number, SampleTree.Path(8), Cancel)).Value.Children.Length);
    }

    private static void AssertSameEntries(VirtualPath path, DirectoryNode expected, DirectoryNode read)
    {
        Assert.Equal(expected.Children.Select(node => node.Name), read.Children.Select(node => node.Name));
        foreach (var (left, right) in expected.Children.Zip(read.Children).Where(pair => pair.First is not DirectoryNode))
            Assert.Null(TreeComparison.Difference(path / left.Name, left, right));
    }

    private void Damage(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={HistoryFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
