namespace VirtualView.Fuse.Mounting;

/// <summary>The ways to mount that an option allows, the better one first.</summary>
internal static class MountMethods
{
    public static IReadOnlyList<IMountMethod> Of(MountMethod method) => method switch
    {
        MountMethod.System => [new SystemMount()],
        MountMethod.Fusermount => [new FusermountMount()],
        _ => [new SystemMount(), new FusermountMount()],
    };

    /// <summary>Mounts by the first method that may.</summary>
    public static async Task<MountedDevice> MountAsync(
        IReadOnlyList<IMountMethod> methods, string path, FuseMountOptions options, CancellationToken cancel)
    {
        NotPermittedException? refusal = null;
        foreach (var method in methods)
        {
            try
            {
                return new MountedDevice(await method.MountAsync(path, options, cancel).ConfigureAwait(false), path, method);
            }
            catch (NotPermittedException reason)
            {
                refusal = reason;
            }
        }

        throw refusal!.Reason;
    }
}
