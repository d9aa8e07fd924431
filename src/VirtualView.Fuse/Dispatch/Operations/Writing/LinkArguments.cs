using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct LinkArguments(NodeId Node, NodeId Directory, PathName Name);
