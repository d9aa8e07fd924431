using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.TestHost.Writable;

internal sealed record OpenFile(Inode Inode, OpenIntent Intent);
