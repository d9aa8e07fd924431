using VirtualView.Core.FileSystem;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Engine.VirtualFiles;

/// <summary>What a kernel holds of the virtual directory (no content) or of one making of a virtual file.</summary>
internal sealed class VirtualNode(NodeId id, ulong inodeNumber, byte[]? content, UnixTime madeAt)
{
    public NodeId Id => id;

    public byte[]? Content => content;

    public UnixTime MadeAt => madeAt;

    /// <summary>Lookups that were not forgotten; guarded by the file system's lock.</summary>
    public ulong Lookups { get; set; }

    public NodeAttributes Attributes(uint uid, uint gid) => new()
    {
        Node = id,
        InodeNumber = inodeNumber,
        Kind = content is null ? EntryKind.Directory : EntryKind.File,
        SizeBytes = content?.Length ?? 0,
        ModifiedAt = madeAt,
        Mode = content is null ? 0b101_101_101 : 0b100_100_100,
        Uid = uid,
        Gid = gid,
        Links = 1,
    };
}
