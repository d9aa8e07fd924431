using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary>
/// A mount that another process made, in a namespace that this one does not see, and whose device it handed over. It is
/// taken off by the end of that namespace; or its device is closed, and all calls answer ENOTCONN.
/// </summary>
internal sealed class HandedMount(Descriptor device) : IMountMethod
{
    public string Name => "another process";

    public Task<Descriptor> MountAsync(string path, FuseMountOptions options, CancellationToken cancel) => Task.FromResult(device);

    public Task<UnmountOutcome> UnmountAsync(string path, bool force, CancellationToken cancel) => Task.FromResult(UnmountOutcome.Unmounted);
}
