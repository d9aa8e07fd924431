using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct CreateArguments(NodeId Directory, PathName Name, NewNode What, OpenIntent Intent, bool MustBeNew);
