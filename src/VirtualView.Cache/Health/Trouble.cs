namespace VirtualView.Cache.Health;

/// <summary>What keeps the store from keeping what it is given.</summary>
internal enum Trouble
{
    None,

    /// <summary>Everything that could be evicted is pinned.</summary>
    Pinned,

    /// <summary>The disk, or the quota on it, is full.</summary>
    DiskFull,

    /// <summary>The disk became read-only.</summary>
    ReadOnly,

    /// <summary>The disk fails, or takes too long.</summary>
    DiskFails,
}
