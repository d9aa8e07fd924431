using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct WriteArguments(HandleId Handle, long Offset, int Bytes, bool DropsPrivileges);
