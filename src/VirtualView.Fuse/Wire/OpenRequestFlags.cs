namespace VirtualView.Fuse.Wire;

/// <summary>What the kernel says of an open beside the flags of <c>open(2)</c>.</summary>
[Flags]
internal enum OpenRequestFlags : uint
{
    None = 0,

    /// <summary>Who truncates takes set-user-ID and set-group-ID away.</summary>
    KillSuidGid = 1 << 0,
}
