using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>What a manifest describes, checked. One wrong entry makes all of it wrong: a part would look like deletions.</summary>
internal sealed class ManifestTree
{
    private readonly Dictionary<VirtualPath, Dictionary<PathName, ManifestEntry>> _directories = new() { [VirtualPath.Root] = [] };

    private ManifestTree(bool coversTree) => CoversTree = coversTree;

    /// <summary>False when each directory has a manifest of its own.</summary>
    public bool CoversTree { get; }

    /// <summary>The tree, or what is wrong with the first wrong entry.</summary>
    public static (ManifestTree? Tree, string? Problem) Build(ManifestDocument document)
    {
        if (document.Version != 1) return (null, $"is of version {document.Version}; this VirtualView reads version 1");
        if (document.Covers is not (null or "tree" or "directory")) return (null, $"covers '{document.Covers}'; write tree or directory");
        var tree = new ManifestTree(document.Covers != "directory");
        for (var number = 0; number < document.Entries.Count; number++)
        {
            var item = document.Entries[number];
            if (item is null) return (null, $"entry {number + 1} is null");
            if (tree.Add(item) is { } problem) return (null, $"entry {number + 1} ('{item.Path ?? item.EscapedPath}') {problem}");
        }

        return (tree, null);
    }

    /// <summary>Null when there is no such directory.</summary>
    public IReadOnlyDictionary<PathName, ManifestEntry>? EntriesOf(VirtualPath directory) => _directories.GetValueOrDefault(directory);

    /// <summary>Null when there is no such entry; the root is a directory.</summary>
    public ManifestEntry? Find(VirtualPath path)
    {
        if (path.IsRoot) return new ManifestEntry(EntryKind.Directory);
        return _directories.GetValueOrDefault(path.Parent)?.GetValueOrDefault(path.Name);
    }

    private string? Add(ManifestItem item)
    {
        var (path, wrongPath) = ManifestEntryParser.PathOf(item);
        if (path is not { } at) return wrongPath;
        if (!CoversTree && at.Names.Length != 1) return "lies deeper, but the manifest covers its directory only";
        var (entry, wrong) = ManifestEntryParser.EntryOf(item);
        if (entry is null) return wrong;
        if (MakeDirectories(at.Parent) is { } inTheWay) return $"lies below '{inTheWay}', which is no directory";
        if (!_directories[at.Parent].TryAdd(at.Name, entry))
        {
            // A directory may be described after what lies in it.
            if (entry.Kind != EntryKind.Directory || _directories[at.Parent][at.Name] is not { Kind: EntryKind.Directory, ModifiedAt: null })
                return "stands there twice";
            _directories[at.Parent][at.Name] = entry;
        }

        if (entry.Kind == EntryKind.Directory && CoversTree) _directories.TryAdd(at, []);
        return null;
    }

    // Null, or what is in the way.
    private VirtualPath? MakeDirectories(VirtualPath directory)
    {
        if (_directories.ContainsKey(directory)) return null;
        if (MakeDirectories(directory.Parent) is { } above) return above;
        if (!_directories[directory.Parent].TryAdd(directory.Name, new ManifestEntry(EntryKind.Directory))) return directory;
        _directories.Add(directory, []);
        return null;
    }
}
