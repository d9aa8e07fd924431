namespace VirtualView.Fuse.Wire;

/// <summary>Which fields of SETATTR say something.</summary>
[Flags]
internal enum SetAttributesFlags : uint
{
    None = 0,
    Mode = 1 << 0,
    Uid = 1 << 1,
    Gid = 1 << 2,
    Size = 1 << 3,
    ATime = 1 << 4,
    MTime = 1 << 5,

    /// <summary>Of an open file that it is done through.</summary>
    Fh = 1 << 6,
    ATimeNow = 1 << 7,
    MTimeNow = 1 << 8,
    LockOwner = 1 << 9,
    CTime = 1 << 10,

    /// <summary>Who does it takes set-user-ID and set-group-ID away.</summary>
    KillSuidGid = 1 << 11,
}
