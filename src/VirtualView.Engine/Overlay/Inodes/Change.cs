using VirtualView.Core.Crashes;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Engine.Overlay.Content;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>
/// What one call changes in the journal, and then in memory. Under the tree's gate from its beginning to its end; there
/// is one at a time.
/// </summary>
internal sealed class Change(IOverlayJournal journal, LocalTree tree, Durability durability)
{
    private readonly OverlayChanges _rows = new();
    private readonly Dictionary<LocalInode, LocalInodeRecord> _records = [];
    private readonly List<(LocalInode Inode, LocalInodeRecord Record)> _gone = [];
    private readonly Dictionary<(LocalInode Directory, PathName Name), HiddenEntry> _hidden = [];
    private readonly List<(LocalInode Directory, PathName Name, bool IsHidden)> _taken = [];

    public void Begin()
    {
        _rows.Clear();
        _records.Clear();
        _gone.Clear();
        _hidden.Clear();
        _taken.Clear();
    }

    /// <summary>The record of an inode as this change leaves it.</summary>
    public LocalInodeRecord Of(LocalInode inode) => _records.TryGetValue(inode, out var staged) ? staged : Now(inode);

    /// <summary>The journal has the inode under its name, with the directories above it.</summary>
    public void Include(LocalInode inode)
    {
        if (inode.IsInJournal || _records.ContainsKey(inode)) return;
        _records[inode] = Now(inode);
        if (inode.Id == LocalId.Root) return;
        Include(inode.Parent!);
        AddRow(inode.Parent!, inode.Name, inode);
    }

    /// <summary>The inode becomes what the record says. Its name is the caller's matter.</summary>
    public void Put(LocalInode inode, LocalInodeRecord record) => _records[inode] = record;

    /// <summary>The names in a directory change now, and its times with them.</summary>
    public void Touch(LocalInode directory, UnixTime now) => Put(directory, Of(directory) with { ModifiedAt = now, ChangedAt = now, KeepsAttributes = false });

    /// <summary>The journal forgets the inode, which has no name any more; in memory it lives on with the record.</summary>
    public void Remove(LocalInode inode, LocalInodeRecord last)
    {
        _records.Remove(inode);
        _gone.Add((inode, last));
        if (inode.IsInJournal) _rows.RemovedInodes.Add(inode.Id);
    }

    public void SetEntry(LocalInode directory, PathName name, LocalInode? target)
    {
        Include(directory);
        // A whiteout of what the sources do not have any more hides nothing.
        if (target is not null && directory.Directory!.Entries.TryGetValue(name, out var before) && before is null && !tree.NeedsWhiteout(directory, name))
            _hidden[(directory, name)] = HiddenEntry.Nothing;
        AddRow(directory, name, target);
    }

    /// <summary>More is known of what a local name hides.</summary>
    public void Hide(LocalInode directory, PathName name, HiddenEntry hidden)
    {
        Include(directory);
        _hidden[(directory, name)] = hidden;
        AddRow(directory, name, directory.Directory!.Entries[name]);
    }

    /// <summary>The directory loses the name, in memory too once that is committed; a whiteout stays where the base has such an entry, or may have.</summary>
    public void TakeName(LocalInode directory, PathName name)
    {
        // Asked once: a listing may change the answer while the journal is written, and the two must agree.
        var isHidden = tree.NeedsWhiteout(directory, name);
        if (isHidden) SetEntry(directory, name, null);
        else RemoveEntry(directory, name);
        _taken.Add((directory, name, isHidden));
    }

    public void RemoveEntry(LocalInode directory, PathName name)
    {
        Include(directory);
        _rows.RemovedEntries.Add((directory.Id, name));
    }

    public OverlayChanges Rows => _rows;

    /// <summary>Commits; what was put is so in memory too then. After a failure nothing has changed.</summary>
    public FileSystemError Commit()
    {
        foreach (var record in _records.Values) _rows.Inodes.Add(record);
        if (_rows.IsEmpty) return FileSystemError.None;
        CrashPoint.Reached(CrashPoints.OverlayChangeUncommitted);
        var error = journal.Commit(_rows);
        if (error != FileSystemError.None) return error;
        CrashPoint.Reached(CrashPoints.OverlayChangeCommitted);
        var number = durability.Committed();
        foreach (var (inode, record) in _records)
        {
            Volatile.Write(ref inode.CommittedAt, number);
            (inode.Record, inode.IsInJournal, inode.IsChanged) = (record, true, true);
            inode.File?.Saved(record.BaseFile);
        }

        foreach (var ((directory, name), hidden) in _hidden) directory.Directory!.Hide(name, hidden);
        foreach (var (directory, name, isHidden) in _taken)
        {
            if (isHidden) directory.Directory!.Set(name, null);
            else directory.Directory!.Remove(name);
        }

        foreach (var (inode, last) in _gone) (inode.Record, inode.IsInJournal, inode.IsChanged) = (last, false, true);
        return FileSystemError.None;
    }

    private void AddRow(LocalInode directory, PathName name, LocalInode? target)
    {
        var hidden = _hidden.GetValueOrDefault((directory, name)) ?? directory.Directory!.HiddenBy(name);
        _rows.Entries.Add(new LocalEntry(directory.Id, name, target?.Id, hidden));
    }

    private static LocalInodeRecord Now(LocalInode inode)
    {
        if (inode.File is not { } file) return inode.Record;
        var facts = file.Facts;
        return inode.Record with
        {
            BaseFile = file.Recorded,
            ModifiedAt = facts.ModifiedAt ?? inode.Record.ModifiedAt,
            ChangedAt = LocalNodeAttributes.Later(inode.Record.ChangedAt, facts.ChangedAt),
        };
    }
}
