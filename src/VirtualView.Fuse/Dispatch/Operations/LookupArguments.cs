using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Fuse.Dispatch.Operations;

internal readonly record struct LookupArguments(NodeId Directory, PathName Name);
