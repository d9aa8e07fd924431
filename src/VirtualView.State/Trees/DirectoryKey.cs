using VirtualView.Core.Paths;

namespace VirtualView.State.Trees;

/// <summary>
/// The key of a directory's row: its names joined by NUL, which no name holds and which sorts first, so that rows in
/// the order of their keys are the tree in pre-order.
/// </summary>
internal static class DirectoryKey
{
    public static byte[] Of(VirtualPath path)
    {
        if (path.IsRoot) return [];
        var key = new byte[path.Names.Sum(name => name.Bytes.Length + 1) - 1];
        var at = 0;
        foreach (var name in path.Names)
        {
            name.Bytes.CopyTo(key.AsSpan(at));
            at += name.Bytes.Length + 1;
        }

        return key;
    }

    public static byte[] Below(byte[] parent, PathName name) =>
        parent.Length == 0 ? [.. name.Bytes] : [.. parent, 0, .. name.Bytes];

    /// <summary>The first key after all that lie in the directory or below it. Not for the root.</summary>
    public static byte[] End(byte[] key) => [.. key, 1];
}
