namespace VirtualView.Core.Snapshots;

/// <summary>Lets the files of one directory share what they have in common.</summary>
internal static class CopySharing
{
    /// <summary>A directory has few kinds of copies: a source or two, and files that are younger than the rest.</summary>
    private const int MostKinds = 8;

    public static void Among(ReadOnlySpan<SnapshotNode> children)
    {
        var known = new List<SharedCopy>(1);
        foreach (var child in children)
        {
            if (child is not FileNode { HasVersion: true } file || SharesOneOf(known, file)) continue;
            if ((file.Shared ?? file.ShareAlone()) is { } copy && known.Count < MostKinds) known.Add(copy);
        }
    }

    /// <summary>For one more entry among others that share already.</summary>
    public static void With(ReadOnlySpan<SnapshotNode> children, int at)
    {
        if (children[at] is not FileNode { HasVersion: true, Shared: null } file) return;
        if (at > 0 && children[at - 1] is FileNode { Shared: { } before } && file.TryShare(before)) return;
        if (at + 1 < children.Length && children[at + 1] is FileNode { Shared: { } after } && file.TryShare(after)) return;
        file.ShareAlone();
    }

    private static bool SharesOneOf(List<SharedCopy> known, FileNode file)
    {
        foreach (var copy in known)
        {
            if (ReferenceEquals(file.Shared, copy) || file.TryShare(copy)) return true;
        }

        return false;
    }
}
