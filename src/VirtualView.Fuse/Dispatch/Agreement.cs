using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch;

/// <summary>What kernel and daemon agreed on at INIT.</summary>
internal sealed record Agreement(uint Minor, InitFlags Offered, InitFlags Granted)
{
    /// <summary>What reading needs or is faster with; the reasons stand in <c>docs/kernel-boundary.md</c>.</summary>
    public const InitFlags Wanted =
        InitFlags.AsyncRead | InitFlags.AtomicOTrunc | InitFlags.BigWrites | InitFlags.DoReaddirplus
        | InitFlags.ReaddirplusAuto | InitFlags.AsyncDio | InitFlags.ParallelDirops | InitFlags.HandleKillprivV2
        | InitFlags.MaxPages | InitFlags.CacheSymlinks | InitFlags.AbortError | InitFlags.InitExt
        | InitFlags.DirectIoAllowMmap | InitFlags.ExplicitInvalData;

    public bool CanExpireEntries => (Offered & InitFlags.HasExpireOnly) != 0;

    public bool CanIncrementEpoch => Minor >= FuseProtocol.EpochMinor;
}
