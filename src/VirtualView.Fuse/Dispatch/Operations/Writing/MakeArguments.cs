using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct MakeArguments(NodeId Directory, PathName Name, NewNode What);
