using System.Collections.Immutable;
using System.Text;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;

namespace VirtualView.Simulation.Disk.Overlay;

/// <summary>All rows of a journal after one commit.</summary>
public sealed record JournalRows
{
    public static readonly JournalRows Empty = new();

    public ImmutableDictionary<LocalId, LocalInodeRecord> Inodes { get; private init; } = ImmutableDictionary<LocalId, LocalInodeRecord>.Empty;

    public ImmutableDictionary<(LocalId, PathName), LocalEntry> Entries { get; private init; } = ImmutableDictionary<(LocalId, PathName), LocalEntry>.Empty;

    public ImmutableDictionary<(LocalId, string), LocalAttribute> Attributes { get; private init; } = ImmutableDictionary<(LocalId, string), LocalAttribute>.Empty;

    public ulong LastUsed { get; private init; } = LocalId.Root.Value;

    public JournalRows With(OverlayChanges changes)
    {
        var gone = changes.RemovedInodes.ToHashSet();
        return new JournalRows
        {
            Inodes = Inodes.RemoveRange(gone).SetItems(changes.Inodes.Select(inode => KeyValuePair.Create(inode.Id, inode))),
            Entries = Entries.RemoveRange(changes.RemovedEntries)
                .SetItems(changes.Entries.Select(entry => KeyValuePair.Create((entry.Directory, entry.Name), entry))),
            Attributes = Attributes.RemoveRange(Attributes.Keys.Where(key => gone.Contains(key.Item1)))
                .RemoveRange(changes.RemovedAttributes.Select(removed => (removed.Inode, Key(removed.Name.Span))))
                .SetItems(changes.Attributes.Select(set => KeyValuePair.Create((set.Inode, Key(set.Name.AsSpan())), set))),
            LastUsed = changes.Inodes.Select(inode => inode.Id.Value).Append(LastUsed).Max(),
        };
    }

    public OverlayImage ToImage() => new()
    {
        Inodes = [.. Inodes.Values.OrderBy(inode => inode.Id.Value)],
        Entries = [.. Entries.Values.OrderBy(entry => entry.Directory.Value).ThenBy(entry => entry.Name)],
        Attributes = [.. Attributes.Values.OrderBy(attribute => attribute.Inode.Value)],
        LastUsed = new LocalId(LastUsed),
    };

    /// <summary>Null for a tree: names lead to inodes that are there, each as often as the inode has links.</summary>
    public string? Contradiction()
    {
        var links = Entries.Values.Where(entry => entry.Target is not null).GroupBy(entry => entry.Target!.Value).ToDictionary(names => names.Key, names => (uint)names.Count());
        foreach (var (directory, name, target, _) in Entries.Values)
        {
            if (!Inodes.ContainsKey(directory)) return $"'{name}' lies in {directory}, which is not there";
            if (target is { } id && !Inodes.ContainsKey(id)) return $"'{name}' leads to {id}, which is not there";
        }

        return Inodes.Values.FirstOrDefault(inode => inode.Id != LocalId.Root && links.GetValueOrDefault(inode.Id) != inode.Links) is { } wrong
            ? $"inode {wrong.Id} says {wrong.Links} links, and has {links.GetValueOrDefault(wrong.Id)}"
            : null;
    }

    private static string Key(ReadOnlySpan<byte> name) => Encoding.Latin1.GetString(name);
}
