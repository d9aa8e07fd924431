using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations;

internal readonly record struct OpenArguments(NodeId Node, OpenIntent Intent);
