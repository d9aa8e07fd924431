namespace VirtualView.Cache.Room;

internal enum RoomAnswer
{
    /// <summary>The bytes are reserved in the quota.</summary>
    Reserved,

    /// <summary>All that is cached is just being put or removed.</summary>
    Busy,

    /// <summary>What is left is pinned.</summary>
    Pinned,

    /// <summary>Others fill the disk.</summary>
    DiskFull,
}
