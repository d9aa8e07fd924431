using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct RemoveExtendedAttributeArguments(NodeId Node, ReadOnlyMemory<byte> Name);
