namespace VirtualView.Cache.Scrubbing;

internal enum BlockFinding
{
    Right,

    /// <summary>The bytes are not those that were put, or the index lost what proves them.</summary>
    Damaged,

    /// <summary>The disk has no bytes: the file is gone, not ours, unreadable or too short.</summary>
    Missing,

    /// <summary>Evicted or dropped while it was looked at: nothing can be said, and nothing need be.</summary>
    Gone,
}
