using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;
using VirtualView.Core.Tests.Generators;
using VirtualView.Core.Units;
using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.History;

/// <summary>A history on the disk beside a plain model of it: whole trees by number.</summary>
internal sealed class HistoryWorld(Snapshot first) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SortedDictionary<long, (SnapshotRecord Record, Snapshot Tree)> _model = [];
    private StateStore? _store;
    private Snapshot _current = first with { Number = 1 };
    private Snapshot? _previous;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SnapshotRecord? Newest => _model.Count == 0 ? null : _model.Values.Last().Record;

    public async Task DoAsync(HistoryStep step)
    {
        var history = await OpenAsync();
        switch (step.Does)
        {
            case HistoryStep.What.Record:
                await RecordAsync(step, history, []);
                break;
            case HistoryStep.What.RecordInstead:
                await RecordAsync(step, history, Newest is { } newest ? [newest.Number] : []);
                break;
            case HistoryStep.What.RecordAndRemove:
                await RecordAsync(step, history, _model.Count < 2 ? [] : [_model.Keys.ElementAt(step.Pick % _model.Count), _model.Keys.ElementAt(step.PickToo % _model.Count)]);
                break;
            case HistoryStep.What.Remove when _model.Count > 0:
                var number = _model.Keys.ElementAt(step.Pick % _model.Count);
                await history.RemoveAsync([number], Cancel);
                if (number != Newest!.Number) _model.Remove(number);
                break;
            case HistoryStep.What.Name when _model.Count > 0:
                var (record, tree) = _model.Values.ElementAt(step.Pick % _model.Count);
                var named = record with { Name = step.PickToo % 3 == 0 ? null : PathName.Of($"name-{step.PickToo}") };
                await history.NameAsync(named, Cancel);
                _model[record.Number] = (named, tree);
                break;
            case HistoryStep.What.Restart:
                await CloseAsync();
                break;
            case HistoryStep.What.LoseThePrevious:
                _previous = null;
                break;
        }
    }

    /// <summary>Every record says what the model says, and nothing is kept that none sees.</summary>
    public async Task AssertSameAsync()
    {
        var history = await OpenAsync();
        var image = await history.LoadAsync(Cancel);
        Assert.Equal(_model.Values.Select(kept => kept.Record), image.Records);
        Assert.Equal(Newest?.Number ?? 0, image.Greatest);
        foreach (var (record, tree) in _model.Values)
        {
            var read = await ReadTreeAsync(history, record.Number, VirtualPath.Root);
            Assert.Null(TreeComparison.Difference(VirtualPath.Root, tree.Root, read));
        }

        await CloseAsync();
        Assert.Equal(0, Count("""
            SELECT count(*) FROM directory AS row WHERE NOT EXISTS (
                SELECT 1 FROM snapshot WHERE number >= row.number
                AND number < coalesce((SELECT min(number) FROM directory WHERE path = row.path AND number > row.number), 9223372036854775807))
            """));
        Assert.Equal(0, Count(
            "SELECT count(*) FROM directory AS row WHERE form = 2 AND NOT EXISTS (SELECT 1 FROM directory WHERE path = row.path AND number < row.number)"));
    }

    /// <summary>What may differ between any two records is told as changed.</summary>
    public async Task AssertChangesAsync()
    {
        var history = await OpenAsync();
        foreach (var older in _model.Values)
        {
            foreach (var newer in _model.Values.Where(kept => kept.Record.Number > older.Record.Number))
            {
                var told = (await history.ChangedAsync(older.Record.Number, newer.Record.Number, Cancel)).ToHashSet();
                foreach (var path in Directories(older.Tree).Union(Directories(newer.Tree)).Where(path => !told.Contains(path)))
                    Assert.True(IsSameRow(older.Tree.Find(path), newer.Tree.Find(path)), $"{path} differs between {older.Record.Number} and {newer.Record.Number}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    private static IEnumerable<VirtualPath> Directories(Snapshot tree) => TreeWalk.Of(tree).Where(entry => entry.Node is DirectoryNode).Select(entry => entry.Path);

    private static bool IsSameRow(SnapshotNode? left, SnapshotNode? right) =>
        left is DirectoryNode a && right is DirectoryNode b && a.SameEntry(b) && a.Children.Length == b.Children.Length
        && a.Children.Zip(b.Children).All(pair => pair.First.Name == pair.Second.Name
            && (pair.First is DirectoryNode == pair.Second is DirectoryNode) && (pair.First is DirectoryNode || pair.First.SameEntry(pair.Second)));

    private static async Task<DirectoryNode> ReadTreeAsync(ISnapshotHistory history, long number, VirtualPath path)
    {
        var directory = (await history.ReadAsync(number, path, Cancel)).Value;
        foreach (var below in directory.Children.OfType<DirectoryNode>())
        {
            var read = await ReadTreeAsync(history, number, path / below.Name);
            Assert.Equal(below.ModifiedAt, read.ModifiedAt);
            directory = directory.With(read);
        }

        return directory;
    }

    private async Task RecordAsync(HistoryStep step, ISnapshotHistory history, ImmutableArray<long> removed)
    {
        var first = _current.Number + 1;
        foreach (var change in step.Changes) _current = change.ApplyTo(_current);
        _current = _current with { Number = Math.Max(first, _current.Number), TakenAt = new UnixTime(_current.Number) };
        var record = new SnapshotRecord(_current.Number, first, _current.TakenAt);
        await history.RecordAsync(record, _current.Root, _previous, removed, Cancel);
        _previous = _current;
        foreach (var number in removed) _model.Remove(number);
        _model[record.Number] = (record, _current);
    }

    private async ValueTask<ISnapshotHistory> OpenAsync() =>
        (_store ??= await StateStore.OpenAsync(new() { Folder = _folder.State }, TimeProvider.System, NullLoggerFactory.Instance, Cancel)).History;

    private async Task CloseAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        _store = null;
    }

    private long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.State, "history.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
