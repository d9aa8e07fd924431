using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary>A fresh mount, whose INIT has not been answered.</summary>
internal sealed record MountedDevice(Descriptor Device, string Path, IMountMethod Method);
