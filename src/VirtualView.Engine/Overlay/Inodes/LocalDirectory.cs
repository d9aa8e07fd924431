using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>The names of a local directory. Guarded by the gate of <see cref="LocalTree"/>.</summary>
/// <param name="base">The directory of the sources whose other entries show; null for none.</param>
internal sealed class LocalDirectory(VirtualPath? @base)
{
    public VirtualPath? Base { get; } = @base;

    /// <summary>What a name leads to; null for a whiteout. What is not in here is what the base has.</summary>
    public Dictionary<PathName, LocalInode?> Entries { get; } = [];

    /// <summary>The node of the base, with one lookup counted, once it was needed.</summary>
    public NodeId? BaseNode { get; set; }

    public bool HasNames => Entries.Values.Any(target => target is not null);
}
