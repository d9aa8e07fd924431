using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary>One way to mount and unmount.</summary>
internal interface IMountMethod
{
    string Name { get; }

    /// <summary>Mounts at <paramref name="path"/> and gives the device that serves it.</summary>
    /// <exception cref="MountException">It cannot be done.</exception>
    Task<Descriptor> MountAsync(string path, FuseMountOptions options, CancellationToken cancel);

    /// <summary>With <paramref name="force"/> the mount is taken from its users, else it must have none.</summary>
    /// <exception cref="MountException">It is not permitted.</exception>
    Task<UnmountOutcome> UnmountAsync(string path, bool force, CancellationToken cancel);
}
