using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

internal readonly record struct SyncArguments(HandleId Handle, bool DataOnly);
