namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>Which extended attributes there can be where they can be set.</summary>
internal static class ExtendedAttributeNames
{
    /// <summary>
    /// <c>system.</c> are access lists, which nobody here would enforce: programs must not be told that they are kept. Who may
    /// set the others the kernel has checked.
    /// </summary>
    public static bool CanBeKept(ReadOnlySpan<byte> name) =>
        name.StartsWith("user."u8) || name.StartsWith("trusted."u8) || name.StartsWith("security."u8);
}
