using VirtualView.Fuse.Errors;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>Which extended attributes there can be where they can be set.</summary>
internal static class ExtendedAttributeNames
{
    /// <summary>
    /// Zero, or the errno for a name that none can have. <c>system.</c> are access lists, which nobody here would enforce:
    /// programs must not be told that they are kept. Who may set the others the kernel has checked.
    /// </summary>
    public static int Check(ReadOnlySpan<byte> name)
    {
        if (!name.StartsWith("user."u8) && !name.StartsWith("trusted."u8) && !name.StartsWith("security."u8)) return Errno.EOPNOTSUPP;
        return name.IndexOf((byte)'.') == name.Length - 1 ? Errno.EINVAL : 0;
    }
}
