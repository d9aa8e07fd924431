using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>Tells what local names hide.</summary>
internal static class Hidden
{
    /// <summary>A node of the sources was copied up.</summary>
    public static HiddenEntry By(Node node, LocalInode inode) => node.Entry switch
    {
        DirectoryNode => HiddenEntry.Directory,
        SymlinkNode link => HiddenEntry.OfSymlink(link.Target),
        _ => HiddenEntry.OfFile(inode.File?.Base?.Version),
    };

    /// <summary>
    /// As the journal has it. Where a release wrote the entry that did not record what it hides, that is known still of
    /// what lies over the sources' entry of this name.
    /// </summary>
    /// <param name="base">The directory of the sources that the local one lies over; null for none.</param>
    public static HiddenEntry Restored(HiddenEntry recorded, VirtualPath? @base, PathName name, LocalInode? target)
    {
        if (@base is not { } above) return HiddenEntry.Nothing;
        var lies = target?.File?.Base;
        // One object a version, as there may be millions.
        if (recorded.Version is { } version) return lies?.Version == version ? HiddenEntry.OfFile(lies!.Version) : recorded;
        if (recorded.Kind != HiddenKind.NotRecorded) return recorded;
        if (lies is not null && lies.Path == above / name) return HiddenEntry.OfFile(lies.Version);
        return target?.Directory?.Base == above / name ? HiddenEntry.Directory : recorded;
    }
}
