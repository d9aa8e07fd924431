using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct SetAttributesArguments(NodeId Node, HandleId? Handle, AttributeChange Change);
