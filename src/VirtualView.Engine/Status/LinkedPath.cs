using System.Collections.Immutable;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Status;

/// <summary>
/// Follows the symbolic links on the way to an entry, as far as they stay in the view. A link at the end is not followed:
/// it is what was asked for.
/// </summary>
internal static class LinkedPath
{
    /// <summary>As many as the kernel follows.</summary>
    private const int MostLinks = 40;

    /// <summary>Null where a link leaves the view or leads in a circle. An absolute target counts as outside: where the view is mounted is not known here.</summary>
    /// <param name="linkAt">The target of the link at a path; null for all else.</param>
    public static VirtualPath? Resolve(VirtualPath path, Func<VirtualPath, ImmutableArray<byte>?> linkAt)
    {
        var at = VirtualPath.Root;
        var pending = new Stack<byte[]>(path.Names.Reverse().Select(name => name.Bytes.ToArray()));
        for (var links = 0; pending.TryPop(out var part);)
        {
            if (part is [] or [(byte)'.']) continue;
            if (part is [(byte)'.', (byte)'.'])
            {
                if (at.IsRoot) return null;
                at = at.Parent;
                continue;
            }

            if (!PathName.TryCreate(part, out var name)) return null;
            if (pending.Count == 0 || linkAt(at / name) is not { } target)
            {
                at /= name;
                continue;
            }

            if (++links > MostLinks || target.AsSpan().StartsWith("/"u8)) return null;
            foreach (var step in Parts(target.AsSpan()).Reverse<byte[]>())
                pending.Push(step);
        }

        return at;
    }

    private static List<byte[]> Parts(ReadOnlySpan<byte> target)
    {
        var parts = new List<byte[]>();
        foreach (var part in target.Split((byte)'/'))
            parts.Add(target[part].ToArray());
        return parts;
    }
}
