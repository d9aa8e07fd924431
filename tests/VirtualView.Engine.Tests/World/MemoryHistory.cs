using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.State;

namespace VirtualView.Engine.Tests.World;

/// <summary>Keeps whole trees in memory, over engines, and gives out of each a directory at a time.</summary>
internal sealed class MemoryHistory : ISnapshotHistory
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, (SnapshotRecord Record, DirectoryNode Root)> _kept = []; // guarded by _gate

    /// <summary>Set: every call fails with it.</summary>
    public Exception? Failure { get; set; }

    public int Writes { get; private set; }

    /// <summary>Directories that were read.</summary>
    public List<(long Number, VirtualPath Path)> Reads { get; } = [];

    public ValueTask<HistoryImage> LoadAsync(CancellationToken cancel) => Do(() => { });

    public ValueTask<HistoryImage> RecordAsync(SnapshotRecord record, DirectoryNode root, Snapshot? previous, ImmutableArray<long> removed, CancellationToken cancel) => Do(() =>
    {
        Assert.True(record.First > _kept.Keys.Where(number => !removed.Contains(number)).DefaultIfEmpty(-1).Last());
        Assert.True(record.First <= record.Number);
        if (previous is not null && _kept.Count > 0) Assert.Equal(_kept.Keys.Last(), previous.Number);
        _kept.Add(record.Number, (record, root));
        foreach (var number in removed) _kept.Remove(number);
        Writes++;
    });

    public ValueTask<HistoryImage> RemoveAsync(ImmutableArray<long> numbers, CancellationToken cancel) => Do(() =>
    {
        foreach (var number in numbers) _kept.Remove(number);
        Writes++;
    });

    public ValueTask<HistoryImage> NameAsync(SnapshotRecord record, CancellationToken cancel) => Do(() =>
    {
        _kept[record.Number] = (record, _kept[record.Number].Root);
        Writes++;
    });

    public ValueTask<Outcome<DirectoryNode>> ReadAsync(long number, VirtualPath directory, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (Failure is not null) throw Failure;
            Reads.Add((number, directory));
            return ValueTask.FromResult<Outcome<DirectoryNode>>(
                _kept.TryGetValue(number, out var kept) && new Snapshot(number, default, kept.Root).Find(directory) is DirectoryNode found
                    ? Shallow(found)
                    : FileSystemError.NotFound);
        }
    }

    public ValueTask<ImmutableArray<VirtualPath>> ChangedAsync(long older, long newer, CancellationToken cancel)
    {
        lock (_gate)
        {
            var (before, after) = (new Snapshot(0, default, _kept[older].Root), new Snapshot(0, default, _kept[newer].Root));
            return ValueTask.FromResult<ImmutableArray<VirtualPath>>([.. Directories(VirtualPath.Root, before.Root).Union(Directories(VirtualPath.Root, after.Root)).Order()]);
        }
    }

    private static IEnumerable<VirtualPath> Directories(VirtualPath path, DirectoryNode directory) =>
        directory.Children.OfType<DirectoryNode>().SelectMany(below => Directories(path / below.Name, below)).Prepend(path);

    private static DirectoryNode Shallow(DirectoryNode directory) =>
        directory.WithAll(directory.Children.OfType<DirectoryNode>().Select(below => DirectoryNode.Unknown(below.Name, below.ModifiedAt)));

    private ValueTask<HistoryImage> Do(Action work)
    {
        lock (_gate)
        {
            if (Failure is not null) throw Failure;
            work();
            return ValueTask.FromResult(new HistoryImage([.. _kept.Values.Select(kept => kept.Record)], _kept.Count == 0 ? 0 : _kept.Keys.Last()));
        }
    }
}
