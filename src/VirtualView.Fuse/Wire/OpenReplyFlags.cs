namespace VirtualView.Fuse.Wire;

/// <summary>How the kernel treats an open file.</summary>
[Flags]
internal enum OpenReplyFlags : uint
{
    None = 0,
    KeepCache = 1 << 1,
    NoFlush = 1 << 5,
    Passthrough = 1 << 7,
}
