using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>
/// Opens files. One of the sources that is opened for reading stays theirs; one that is opened for writing becomes local
/// at once, in memory, so that it stays on its inode; the journal learns of it with the first change.
/// </summary>
internal sealed class LocalOpens(ISourcesView sources, LocalTree tree, LocalHandles handles)
{
    private const OpenIntent Changing = OpenIntent.Write | OpenIntent.Truncate;

    public async ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel)
    {
        if (TryOpenLocal(file, intent) is { } local) return Id(local);
        // The sources say whether it is still what the name leads to, and ask if they must.
        var opened = await sources.OpenAsync(file, OpenIntent.Read, cancel);
        if (!opened.TryGet(out var below)) return opened.Error;
        if ((intent & Changing) == 0 && !BecameLocal(file)) return below;
        try
        {
            lock (tree.Gate)
            {
                return tree.Of(file) is { } inode ? Id(handles.Open(inode, intent)) : FileSystemError.Stale;
            }
        }
        finally
        {
            handles.Remove(below);
            sources.Release(below);
        }
    }

    private Outcome<LocalHandle>? TryOpenLocal(NodeId file, OpenIntent intent)
    {
        lock (tree.Gate)
        {
            if (tree.Find(file) is { } inode) return handles.Open(inode, intent);
            return file.Value >= LocalInode.FirstNode ? FileSystemError.Stale : null;
        }
    }

    private bool BecameLocal(NodeId file)
    {
        lock (tree.Gate)
            return tree.Find(file) is not null;
    }

    private static Outcome<HandleId> Id(Outcome<LocalHandle> opened) => opened.TryGet(out var handle) ? handle.Id : opened.Error;
}
