namespace VirtualView.Fuse.Wire;

/// <summary>What the kernel says of a write.</summary>
[Flags]
internal enum WriteFlags : uint
{
    None = 0,

    /// <summary>Of pages that were mapped: who dirtied them is not known.</summary>
    Cache = 1 << 0,
    LockOwner = 1 << 1,

    /// <summary>Who writes takes set-user-ID and set-group-ID away.</summary>
    KillSuidGid = 1 << 2,
}
