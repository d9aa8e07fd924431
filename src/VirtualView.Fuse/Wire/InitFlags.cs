namespace VirtualView.Fuse.Wire;

/// <summary>What kernel and daemon agree on at INIT: <c>flags</c>, and from bit 32 on <c>flags2</c>.</summary>
[Flags]
internal enum InitFlags : ulong
{
    None = 0,
    AsyncRead = 1UL << 0,
    AtomicOTrunc = 1UL << 3,
    BigWrites = 1UL << 5,
    DoReaddirplus = 1UL << 13,
    ReaddirplusAuto = 1UL << 14,
    AsyncDio = 1UL << 15,
    ParallelDirops = 1UL << 18,
    AbortError = 1UL << 21,
    MaxPages = 1UL << 22,
    CacheSymlinks = 1UL << 23,
    ExplicitInvalData = 1UL << 25,
    HandleKillprivV2 = 1UL << 28,
    InitExt = 1UL << 30,
    DirectIoAllowMmap = 1UL << 36,
    Passthrough = 1UL << 37,
}
