using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.Core.State;

/// <summary>
/// The snapshots that are kept, each readable directory by directory. Writes return when they would survive <c>kill -9</c>,
/// and happen whole or not at all; they answer what is there then. Calls may come from any thread and wait for each other.
/// </summary>
public interface ISnapshotHistory
{
    /// <summary>What is there; nothing when it cannot be read (then that is logged).</summary>
    ValueTask<HistoryImage> LoadAsync(CancellationToken cancel);

    /// <summary>
    /// Adds a record, greater than all before, and takes others away. Only directories that differ from
    /// <paramref name="previous"/> are written if that is the newest record, else all.
    /// </summary>
    /// <exception cref="Exception">It cannot be written; nothing was changed.</exception>
    ValueTask<HistoryImage> RecordAsync(SnapshotRecord record, DirectoryNode root, Snapshot? previous, ImmutableArray<long> removed, CancellationToken cancel);

    /// <summary>Takes records away; the newest stays whatever is asked.</summary>
    ValueTask<HistoryImage> RemoveAsync(ImmutableArray<long> numbers, CancellationToken cancel);

    /// <summary>Puts a record in the place of the one of its number, of which it differs in the name.</summary>
    ValueTask<HistoryImage> NameAsync(SnapshotRecord record, CancellationToken cancel);

    /// <summary>
    /// A directory as a record has it, with an unlisted directory, that has the right time, in the place of each directory
    /// in it. <see cref="FileSystemError.NotFound"/> where there is none, <see cref="FileSystemError.Corrupt"/> where what
    /// is kept of it is damaged.
    /// </summary>
    ValueTask<Outcome<DirectoryNode>> ReadAsync(long number, VirtualPath directory, CancellationToken cancel);

    /// <summary>
    /// The directories that may differ between two records in the entries that they hold themselves, sorted by path: those
    /// that are only in one of them too.
    /// </summary>
    ValueTask<ImmutableArray<VirtualPath>> ChangedAsync(long older, long newer, CancellationToken cancel);
}
