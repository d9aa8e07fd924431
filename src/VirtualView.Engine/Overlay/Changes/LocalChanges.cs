using System.Collections.Immutable;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Engine.FileSystem;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Inodes;
using VirtualView.Engine.Overlay.Names;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Overlay.Changes;

/// <summary>What differs from the sources, and how to be rid of it.</summary>
public sealed class LocalChanges
{
    private readonly LocalTree _tree;
    private readonly NodeTable _nodes;
    private readonly SnapshotKeeper _keeper;
    private readonly NodeAttributesOf _shown;
    private readonly Removals _removals;
    private readonly Change _change;
    private readonly Conflicts _conflicts;

    internal LocalChanges(LocalTree tree, NodeTable nodes, SnapshotKeeper keeper, NodeAttributesOf shown, Removals removals, Change change) =>
        (_tree, _nodes, _keeper, _shown, _removals, _change, _conflicts) = (tree, nodes, keeper, shown, removals, change, new Conflicts(keeper));

    /// <summary>The changes at a path and below, sorted by path.</summary>
    public IReadOnlyList<LocalChange> Below(VirtualPath path)
    {
        lock (_tree.Gate)
        {
            var changes = new List<LocalChange>();
            Walk(_tree.Root, VirtualPath.Root, path, (here, inode, change) => changes.Add(Describe(here, inode, change)));
            return [.. changes.Where(change => change.Path.StartsWith(path)).OrderBy(change => change.Path)];
        }
    }

    /// <summary>What became of one path; null when nothing did.</summary>
    public LocalChange? At(VirtualPath path)
    {
        lock (_tree.Gate)
        {
            if (path.IsRoot || Find(path.Parent)?.Directory is not { } above || !above.Entries.TryGetValue(path.Name, out var target)) return null;
            return Of(target, path, above.Base is { } below ? below / path.Name : null, above.HiddenBy(path.Name)) is { } change ? Describe(path, target, change) : null;
        }
    }

    /// <summary>What became of an inode; of several names by one that is in conflict, if there is such. Null when nothing did.</summary>
    internal LocalChange? Of(LocalInode inode)
    {
        if (inode.Record.Links == 1 && inode.Parent?.Directory?.Entries.GetValueOrDefault(inode.Name) == inode) return At(LocalTree.PathOf(inode));
        LocalChange? found = null;
        lock (_tree.Gate)
        {
            Walk(_tree.Root, VirtualPath.Root, VirtualPath.Root, (here, target, change) =>
            {
                if (target == inode && found is not { IsOutdated: true }) found = Describe(here, target, change);
            });
        }

        return found;
    }

    /// <summary>Asks no file for its size: there may be very many.</summary>
    public LocalChangeCounts Count()
    {
        var kinds = new long[Enum.GetValues<LocalChangeKind>().Length];
        var outdated = 0L;
        lock (_tree.Gate)
        {
            Walk(_tree.Root, VirtualPath.Root, VirtualPath.Root, (_, _, change) =>
            {
                kinds[(int)change.Kind]++;
                if (change.Conflict is not null) outdated++;
            });
        }

        return LocalChangeCounts.Of(kinds, outdated);
    }

    /// <summary>
    /// Takes away what is local at a path and below: what the sources have there shows again. Who has a file open goes on
    /// with it until the last close. Answers the names whose meaning changed; <see cref="FileSystemError.NotFound"/> when
    /// nothing is local there.
    /// </summary>
    public Outcome<ImmutableArray<(NodeId Directory, PathName Name)>> Discard(VirtualPath path)
    {
        lock (_tree.Gate)
        {
            var parent = path.IsRoot ? _tree.Root : Find(path.Parent);
            PathName[] names = path.IsRoot ? [.. _tree.Root.Directory!.Entries.Keys] : parent?.Directory?.Entries.ContainsKey(path.Name) == true ? [path.Name] : [];
            if (names.Length == 0 || !IsChanged(path)) return FileSystemError.NotFound;
            var all = new List<LocalInode>();
            _change.Begin();
            foreach (var name in names)
            {
                if (parent!.Directory!.Entries[name] is { } target) Collect(target, all);
                _change.RemoveEntry(parent, name);
            }

            foreach (var inode in all) _removals.TakeLink(inode);
            var error = _change.Commit();
            if (error != FileSystemError.None) return error;
            foreach (var name in names)
            {
                parent!.Directory!.Remove(name);
                // What was local keeps the node that a kernel knows; the sources' entry gets a new one.
                if (parent.Directory.Base is { } below) _nodes.Supersede(below / name);
            }

            foreach (var inode in all) _removals.LostLink(inode);
            return names.Select(name => (parent!.NodeId, name)).ToImmutableArray();
        }
    }

    /// <summary>False also for directories that are local for changes that were taken back.</summary>
    private bool IsChanged(VirtualPath path)
    {
        var isChanged = false;
        Walk(_tree.Root, VirtualPath.Root, path, (here, _, _) => isChanged |= here.StartsWith(path));
        return isChanged;
    }

    /// <summary>A file as often as it has names below: it loses one for each.</summary>
    private static void Collect(LocalInode inode, List<LocalInode> all)
    {
        foreach (var below in inode.Directory?.Entries.Values.OfType<LocalInode>() ?? []) Collect(below, all);
        all.Add(inode);
    }

    private LocalInode? Find(VirtualPath path)
    {
        var at = _tree.Root;
        foreach (var name in path.Names)
        {
            if (at.Directory?.Entries.GetValueOrDefault(name) is not { } next) return null;
            at = next;
        }

        return at;
    }

    private void Walk(LocalInode directory, VirtualPath path, VirtualPath wanted, Action<VirtualPath, LocalInode?, WhatChanged> visit)
    {
        var below = directory.Directory!.Base;
        foreach (var (name, target) in directory.Directory.Entries)
        {
            var here = path / name;
            if (!here.StartsWith(wanted) && !wanted.StartsWith(here)) continue;
            var place = below is { } @base ? @base / name : (VirtualPath?)null;
            if (Of(target, here, place, directory.Directory.HiddenBy(name)) is { } change) visit(here, target, change);
            if (target is { IsDirectory: true }) Walk(target, here, wanted, visit);
        }
    }

    /// <summary>Null for what is as the sources have it, if only in memory, and for a directory that only leads to changes.</summary>
    /// <param name="target">Null for a whiteout.</param>
    private WhatChanged? Of(LocalInode? target, VirtualPath here, VirtualPath? place, HiddenEntry hidden)
    {
        // What was written and not flushed yet is no less private.
        if (target is { } inode) return inode.IsInJournal || inode.File is { IsAsBase: false } ? Of(inode, place, hidden) : null;
        return place is { } gone && _keeper.Current.Find(gone) is not null
            ? new WhatChanged(LocalChangeKind.Deleted, gone == here ? null : gone, _conflicts.At(gone, hidden, null))
            : null;
    }

    private WhatChanged? Of(LocalInode inode, VirtualPath? place, HiddenEntry hidden)
    {
        var origin = inode.Record.BaseDirectory ?? inode.File?.Base?.Path;
        var conflict = place is { } name ? _conflicts.At(name, hidden, inode.Kind) : null;
        if (origin is { } from && from != place) return new WhatChanged(LocalChangeKind.Moved, from, conflict ?? _conflicts.Over(from, inode));
        if (inode.Record.BaseDirectory is { } sources)
        {
            // A directory that the sources lost is there for what is local in it; one that they have as a file stands in its way.
            if (conflict is { Kind: LocalConflictKind.OtherKind }) return new WhatChanged(LocalChangeKind.Added, null, conflict);
            return IsAsShown(inode, sources) ? null : new WhatChanged(LocalChangeKind.Attributes, null, conflict);
        }

        var kind = (hidden.Kind, inode.Kind) switch
        {
            (HiddenKind.File, EntryKind.File) or (HiddenKind.Symlink, EntryKind.Symlink) =>
                IsAsHidden(inode, hidden) ? LocalChangeKind.Attributes : LocalChangeKind.Modified,
            _ => LocalChangeKind.Added,
        };
        return new WhatChanged(kind, null, conflict);
    }

    private static LocalChange Describe(VirtualPath here, LocalInode? inode, WhatChanged change)
    {
        var facts = inode?.File?.Facts ?? default;
        // Of a file without a base the disk knows what are holes.
        var written = inode?.File?.Base is { } file ? file.Written.TotalBytes : Math.Min(facts.SizeBytes, facts.AllocatedBytes);
        return new LocalChange(change.Kind, here, inode?.Kind, change.From, facts.SizeBytes, written, change.Conflict);
    }

    /// <summary>True when its content is what the sources had under the name.</summary>
    private static bool IsAsHidden(LocalInode inode, HiddenEntry hidden) => inode.Kind switch
    {
        EntryKind.File => inode.File is { IsAsBase: true, Base.Version: var version } && version == hidden.Version,
        EntryKind.Symlink => inode.Record.Target.AsSpan().SequenceEqual(hidden.Target.AsSpan()),
        _ => false,
    };

    /// <summary>Names in it that changed are changes of their own, and so are its times, which move with them.</summary>
    private bool IsAsShown(LocalInode directory, VirtualPath sources) =>
        _shown.ShowsAs(sources, directory.Record.Mode, directory.Record.Uid, directory.Record.Gid) && directory.Attributes is not { Count: > 0 };

    private readonly record struct WhatChanged(LocalChangeKind Kind, VirtualPath? From, LocalConflict? Conflict);
}
