using System.Globalization;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.VirtualFiles;

namespace VirtualView.Engine.Past;

/// <summary>
/// The snapshots that a kernel looks into. A tree is opened by the first lookup of its name and goes with the last lookup
/// and handle in it. A kernel remembers names until it needs the room, so it is asked to forget those that were not used for
/// a while.
/// </summary>
/// <param name="notifier">The kernel's, if there is one by then.</param>
internal sealed class SnapshotTrees(ViewSnapshots snapshots, WorkSet work, Func<IKernelNotifier?> notifier, TimeProvider clock)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, OpenTree> _byNumber = []; // this and all below guarded by _gate
    private readonly Dictionary<PathName, OpenTree> _byName = [];
    private ulong _last;
    private bool _isWatched;

    public static PathName FolderName { get; } = PathName.Of("snapshots");

    public static ulong FolderInode { get; } = InodeNumber.Of(InodeNumber.Of(InodeNumber.Root, VirtualTree.Name, null), FolderName, null);

    /// <summary>How many are in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _byNumber.Count;
        }
    }

    public static ulong InodeOf(PathName name) => InodeNumber.Of(FolderInode, name, null);

    public OpenTree? Find(ulong id)
    {
        lock (_gate)
            return _byNumber.GetValueOrDefault(TreeIds.TreeOf(id));
    }

    /// <summary>The same for who looks up or opens: it is not idle.</summary>
    public OpenTree? Use(ulong id)
    {
        lock (_gate)
        {
            if (!_byNumber.TryGetValue(TreeIds.TreeOf(id), out var tree)) return null;
            tree.UsedAt = clock.GetUtcNow();
            return tree;
        }
    }

    /// <summary>The tree of a number or name, counted as one lookup of its root.</summary>
    public async ValueTask<Outcome<OpenTree>> LookupAsync(PathName name, CancellationToken cancel)
    {
        var text = name.ToString();
        // One name for each: 007 would be the same tree once more.
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text != number.ToString(CultureInfo.InvariantCulture))
            return FileSystemError.NotFound;
        if (await snapshots.NumberOfAsync(text, cancel) is { } current && LookupOpen(name, current) is { } known) return known;
        var opened = await snapshots.OpenAsync(text, InodeOf(name), cancel);
        return opened.TryGet(out var view) ? Add(name, view) : opened.Error;
    }

    public void Forget(ulong id, ulong lookups)
    {
        if (Find(id) is not { } tree) return;
        if (TreeIds.InnerOf(id) != NodeId.Root.Value)
        {
            tree.Files.Forget(new NodeId(TreeIds.InnerOf(id)), lookups);
        }
        else
        {
            lock (_gate)
                tree.RootLookups -= Math.Min(lookups, tree.RootLookups);
        }

        Tidy(tree);
    }

    /// <summary>Lets the tree go if nobody knows anything of it any more.</summary>
    public void Tidy(OpenTree tree)
    {
        lock (_gate)
        {
            if (!tree.IsUnused || !_byNumber.Remove(tree.Number)) return;
            if (_byName.GetValueOrDefault(tree.Name) == tree) _byName.Remove(tree.Name);
        }

        tree.View.Dispose();
    }

    /// <summary>The name may lead elsewhere, or nowhere, from now on.</summary>
    public void Changed(PathName name) => notifier()?.EntryChanged(TreeIds.Folder, name);

    private OpenTree? LookupOpen(PathName name, long snapshot)
    {
        lock (_gate)
        {
            if (!_byName.TryGetValue(name, out var tree) || tree.View.Number != snapshot) return null;
            return LookupLocked(tree);
        }
    }

    private Outcome<OpenTree> Add(PathName name, SnapshotView view)
    {
        lock (_gate)
        {
            if (_byName.TryGetValue(name, out var other) && other.View.Number == view.Number)
            {
                // Somebody was faster.
                view.Dispose();
                return LookupLocked(other);
            }

            if (_last + 1 >= TreeIds.MostTrees)
            {
                view.Dispose();
                return FileSystemError.TooManyOpenFiles;
            }

            var tree = new OpenTree(++_last, name, view);
            _byNumber.Add(tree.Number, tree);
            _byName[name] = tree;
            Watch();
            return LookupLocked(tree);
        }
    }

    private OpenTree LookupLocked(OpenTree tree)
    {
        tree.RootLookups++;
        tree.UsedAt = clock.GetUtcNow();
        return tree;
    }

    private void Watch()
    {
        if (!_isWatched) _isWatched = work.TryStart("let go of snapshots that nobody looks at", WatchAsync);
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(Idle, clock, stop);
            List<OpenTree> idle;
            lock (_gate)
            {
                if (_byNumber.Count == 0)
                {
                    _isWatched = false;
                    return;
                }

                idle = [.. _byNumber.Values.Where(tree => !tree.HasHandles && clock.GetUtcNow() - tree.UsedAt >= Idle)];
            }

            foreach (var tree in idle) Changed(tree.Name);
        }
    }
}
