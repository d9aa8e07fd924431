using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct RenameArguments(NodeId FromDirectory, PathName From, NodeId ToDirectory, PathName To, RenameMode Mode);
