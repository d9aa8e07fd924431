using System.Collections.Immutable;
using VirtualView.Core.FileSystem;

namespace VirtualView.Engine.VirtualFiles;

/// <summary>Lays virtual files over a view, which stays writable if it was.</summary>
internal static class VirtualFileSystem
{
    public static IViewFileSystem Over(IViewFileSystem view, ImmutableArray<VirtualFile> files, TimeProvider clock)
    {
        if (files.IsEmpty) return view;
        var tree = new VirtualTree(files, clock);
        return view is IWritableFileSystem writable ? new WritableFileSystemWithVirtualFiles(writable, tree) : new FileSystemWithVirtualFiles(view, tree);
    }
}
