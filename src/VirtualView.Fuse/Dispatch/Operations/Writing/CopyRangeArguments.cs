using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct CopyRangeArguments(HandleId From, long FromOffset, HandleId To, long ToOffset, long Length);
