using System.Collections.Immutable;
using System.IO.Hashing;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay.Inodes;

namespace VirtualView.Engine.Overlay.Names;

/// <summary>
/// What was in a directory of the sources that was removed here, as fingerprints: of each entry below it one by its names,
/// and for a file one more, by its names and version. So what the sources put there later is seen, and 16 bytes a file are kept.
/// </summary>
internal static class RemovedDirectories
{
    private const ulong Directory = 2;
    private const ulong Symlink = 3;
    private const ulong NamedFile = 4;
    private const ulong AnyVersion = 5;
    private const ulong ThisVersion = 6;

    /// <summary>Of a directory whose names are whiteouts; default when not all is known that they hide.</summary>
    public static ImmutableArray<ulong> HeldBy(LocalDirectory directory)
    {
        var held = new List<ulong>();
        foreach (var name in directory.Entries.Keys)
        {
            switch (directory.HiddenBy(name))
            {
                case { Kind: HiddenKind.Nothing }:
                    break;
                case { Kind: HiddenKind.Directory, Held.IsDefault: false } below:
                    held.Add(Of(Directory, name));
                    held.AddRange(below.Held.Select(fingerprint => Of(fingerprint, name)));
                    break;
                case { Kind: HiddenKind.Symlink } link:
                    held.Add(Of(Symlink + XxHash3.HashToUInt64(link.Target.AsSpan()), name));
                    break;
                case { Kind: HiddenKind.File } file:
                    held.Add(Of(NamedFile, name));
                    held.Add(file.Version is { } version ? Of(ThisVersion, name, version.Id) : Of(AnyVersion, name));
                    break;
                default:
                    return default;
            }
        }

        held.Sort();
        return [.. held];
    }

    /// <summary>True when the directory has something by now that was not in it. What is not listed is not known.</summary>
    public static bool HasNews(ImmutableArray<ulong> held, DirectoryNode now) =>
        !held.IsDefault && now.Children.Any(entry => IsNews(held, entry, fingerprint => fingerprint));

    private static bool IsNews(ImmutableArray<ulong> held, SnapshotNode entry, Func<ulong, ulong> above)
    {
        var name = entry.Name;
        return entry switch
        {
            DirectoryNode directory => !Has(Of(Directory, name)) || directory.Children.Any(below => IsNews(held, below, fingerprint => above(Of(fingerprint, name)))),
            SymlinkNode link => !Has(Of(Symlink + XxHash3.HashToUInt64(link.Target.AsSpan()), name)),
            FileNode { VersionId: { } version } => !Has(Of(ThisVersion, name, version)) && !Has(Of(AnyVersion, name)),
            _ => !Has(Of(NamedFile, name)),
        };

        bool Has(ulong fingerprint) => held.BinarySearch(above(fingerprint)) >= 0;
    }

    private static ulong Of(ulong below, PathName name, VersionId? version = null) => InodeNumber.Of(below, name, version);
}
