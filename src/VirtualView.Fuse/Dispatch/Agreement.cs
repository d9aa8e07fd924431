using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch;

/// <summary>What kernel and daemon agreed on at INIT.</summary>
/// <param name="CanExpireNames">Whether one notification, which takes no lock, makes every name be looked up again.</param>
internal sealed record Agreement(uint Minor, InitFlags Granted, bool CanExpireNames)
{
    /// <summary>What reading needs or is faster with; the reasons stand in <c>docs/kernel-boundary.md</c>.</summary>
    public const InitFlags Wanted =
        InitFlags.AsyncRead | InitFlags.BigWrites | InitFlags.DoReaddirplus
        | InitFlags.ReaddirplusAuto | InitFlags.AsyncDio | InitFlags.ParallelDirops | InitFlags.HandleKillprivV2
        | InitFlags.MaxPages | InitFlags.CacheSymlinks | InitFlags.AbortError | InitFlags.InitExt
        | InitFlags.DirectIoAllowMmap | InitFlags.ExplicitInvalData;
}
