using VirtualView.Core.FileSystem;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>A handle, and the backing file that the kernel reads in its place; 0 where it asks us.</summary>
internal readonly record struct OpenedFile(HandleId Handle, int BackingId);
