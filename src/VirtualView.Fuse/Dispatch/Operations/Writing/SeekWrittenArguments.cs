using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct SeekWrittenArguments(HandleId Handle, long Offset, SeekTarget Target);
