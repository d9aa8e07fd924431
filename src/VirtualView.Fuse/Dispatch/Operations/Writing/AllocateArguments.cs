using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct AllocateArguments(HandleId Handle, AllocateMode Mode, long Offset, long Length);
