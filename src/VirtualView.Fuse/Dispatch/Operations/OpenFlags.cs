using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>What the flags of <c>open(2)</c> mean here. O_APPEND is the kernel's: it knows where the end is.</summary>
internal static class OpenFlags
{
    private const uint AccessMode = 3;
    private const uint Truncate = 0x200;

    /// <summary>Null for an access mode that is none.</summary>
    public static OpenIntent? IntentOf(uint flags)
    {
        OpenIntent? access = (flags & AccessMode) switch
        {
            0 => OpenIntent.Read,
            1 => OpenIntent.Write,
            2 => OpenIntent.Read | OpenIntent.Write,
            _ => null,
        };
        return (flags & Truncate) != 0 ? access | OpenIntent.Truncate : access;
    }

    /// <summary>
    /// Pages may stay from one open to the next: only the kernel's own writes change a node. With nothing to write a close
    /// need not ask us.
    /// </summary>
    public static OpenReplyFlags ReplyFor(OpenIntent intent) =>
        OpenReplyFlags.KeepCache | (intent.HasFlag(OpenIntent.Write) ? OpenReplyFlags.None : OpenReplyFlags.NoFlush);
}
