using VirtualView.Core.Paths;
using VirtualView.State.Database;

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

    /// <exception cref="DamagedDatabaseException">It is no key.</exception>
    public static VirtualPath PathOf(byte[] key)
    {
        var names = new List<PathName>();
        for (var from = 0; key.Length > 0 && from <= key.Length;)
        {
            var end = Array.IndexOf(key, (byte)0, from) is >= 0 and var at ? at : key.Length;
            if (!PathName.TryCreate(key.AsSpan(from, end - from), out var name)) throw new DamagedDatabaseException("the key of a directory holds no name");
            names.Add(name);
            from = end + 1;
        }

        return VirtualPath.Of(names);
    }

    public static byte[] Below(byte[] parent, PathName name) =>
        parent.Length == 0 ? [.. name.Bytes] : [.. parent, 0, .. name.Bytes];

    /// <summary>The first key after all that lie in the directory or below it. Not for the root.</summary>
    public static byte[] End(byte[] key) => [.. key, 1];
}
