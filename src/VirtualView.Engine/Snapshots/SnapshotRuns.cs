using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.Engine.Snapshots;

/// <summary>
/// Divides what is published into runs: snapshots that follow each other and differ only in what was learned of the same
/// files. Of each that someone wants the last snapshot is handed on. Called under the keeper's lock; it only computes.
/// </summary>
/// <param name="first">The first number of the run that the first snapshot belongs to.</param>
internal sealed class SnapshotRuns(long first)
{
    /// <summary>Runs that were not taken yet; beyond that the oldest go: something is wrong with the disk then.</summary>
    private const int MostEnded = 1000;

    private readonly Queue<PublishedRun> _ended = new();
    private long _first = first;
    private bool _isWanted = true; // what a view begins with was shown before

    public void Published(Snapshot before, Snapshot after, VirtualPath path, SnapshotNode node, SnapshotNode? changed)
    {
        if (EntryChanges.Of(path, node, changed).All(IsLearned)) return;
        if (_isWanted) _ended.Enqueue(new PublishedRun(before, _first));
        if (_ended.Count > MostEnded) _ended.Dequeue();
        (_first, _isWanted) = (after.Number, false);
    }

    /// <summary>The current run is one that was told of.</summary>
    public void Want() => _isWanted = true;

    public ImmutableArray<PublishedRun> Take(Snapshot current)
    {
        ImmutableArray<PublishedRun> taken = [.. _ended, new PublishedRun(current, _first)];
        _ended.Clear();
        // What will be learned until it ends belongs to what is recorded now.
        _isWanted = true;
        return taken;
    }

    /// <summary>True when both sides can have been so at the same time: the source did not change between them.</summary>
    private static bool IsLearned(SnapshotChange change) => (change.Before, change.After) switch
    {
        (DirectoryNode { IsListed: false }, DirectoryNode { IsListed: true }) => true,
        (FileNode { HasVersion: false }, FileNode) => true,
        (FileNode { IsRacy: true } young, FileNode { IsRacy: false } aged) => young.SizeBytes == aged.SizeBytes && young.ModifiedAt == aged.ModifiedAt,
        ({ } before, { } after) => before.SameEntry(after),
        _ => false,
    };
}
