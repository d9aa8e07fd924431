using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct SetExtendedAttributeArguments(NodeId Node, ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value, SetAttributeMode Mode);
