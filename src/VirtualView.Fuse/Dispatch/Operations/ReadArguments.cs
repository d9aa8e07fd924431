using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations;

internal readonly record struct ReadArguments(HandleId Handle, long Offset, int Bytes, bool IsDirect);
