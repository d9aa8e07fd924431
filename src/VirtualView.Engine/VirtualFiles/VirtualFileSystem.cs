using System.Collections.Immutable;
using VirtualView.Core.FileSystem;
using VirtualView.Engine.Past;

namespace VirtualView.Engine.VirtualFiles;

/// <summary>Lays virtual files over a view, which stays writable if it was.</summary>
internal static class VirtualFileSystem
{
    public static IViewFileSystem Over(IViewFileSystem view, ImmutableArray<VirtualFile> files, SnapshotsFileSystem? snapshots, TimeProvider clock)
    {
        if (files.IsEmpty && snapshots is null) return view;
        var tree = new VirtualTree(files, clock);
        return view is IWritableFileSystem writable
            ? new WritableFileSystemWithVirtualFiles(writable, tree, snapshots)
            : new FileSystemWithVirtualFiles(view, tree, snapshots);
    }
}
