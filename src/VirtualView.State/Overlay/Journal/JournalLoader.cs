using System.Collections.Immutable;
using SQLitePCL;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.State.Database;

namespace VirtualView.State.Overlay.Journal;

/// <summary>Reads all rows. Those that fail their checksum or make no sense are left out and told; they stay in the file.</summary>
internal sealed class JournalLoader(sqlite3 database, Losses losses, CancellationToken cancel)
{
    private const ulong UnbelievableId = 1UL << 48;

    private readonly Dictionary<LocalId, EntryKind> _kinds = [];
    private ulong _greatest = LocalId.Root.Value; // of all ids that are seen, whatever becomes of their rows

    /// <summary>What stands in the table <c>used</c>; null when it fails its checksum.</summary>
    public ulong? Used { get; private set; } = 0;

    /// <exception cref="DamagedDatabaseException">SQLite cannot follow its own pages.</exception>
    public OverlayImage Load()
    {
        var inodes = ImmutableArray.CreateBuilder<LocalInodeRecord>();
        var entries = ImmutableArray.CreateBuilder<LocalEntry>();
        var attributes = ImmutableArray.CreateBuilder<LocalAttribute>();
        Each("SELECT id, record FROM inode ORDER BY id", row => ReadInode(row, inodes));
        Each("SELECT parent, name, target, checksum, hidden FROM entry ORDER BY parent, name", row => ReadEntry(row, entries));
        Each("SELECT inode, name, value, checksum FROM attribute ORDER BY inode, name", row => ReadAttribute(row, attributes));
        Each("SELECT greatest, checksum FROM used", ReadUsed);
        return new OverlayImage
        {
            Inodes = inodes.ToImmutable(),
            Entries = entries.ToImmutable(),
            Attributes = attributes.ToImmutable(),
            LastUsed = new LocalId(Math.Max(_greatest, Used ?? 0)),
        };
    }

    private void Each(string sql, Action<JournalRow> read)
    {
        using var rows = new JournalScan(database, sql);
        while (rows.Next())
        {
            cancel.ThrowIfCancellationRequested();
            read(rows.Row);
        }

        if (!rows.IsWhole) throw new DamagedDatabaseException($"its pages cannot be read: {raw.sqlite3_errmsg(database).utf8_to_string()}");
    }

    private void ReadInode(JournalRow row, ImmutableArray<LocalInodeRecord>.Builder into)
    {
        var id = Seen(row.Id(0));
        try
        {
            var inode = InodeReader.Read(id, row.Bytes(1));
            _kinds.Add(id, inode.Kind);
            into.Add(inode);
        }
        catch (DamagedDatabaseException e)
        {
            losses.Add($"inode {id} {e.Message}");
        }
    }

    private void ReadEntry(JournalRow row, ImmutableArray<LocalEntry>.Builder into)
    {
        var parent = Seen(row.Id(0));
        LocalId? target = row.IsNull(2) ? null : Seen(row.Id(2));
        var name = ByteText.Show(row.Bytes(1));
        if (!row.IsProvenEntry()) losses.Add($"the name '{name}' in directory {parent} fails its checksum");
        else if (!PathName.TryCreate(row.Bytes(1), out var legal)) losses.Add($"the name '{name}' in directory {parent} is none");
        else if (!_kinds.TryGetValue(parent, out var kind)) losses.Add($"the name '{legal}' is in directory {parent}, which is lost");
        else if (kind != EntryKind.Directory) losses.Add($"the name '{legal}' is in {parent}, which is no directory");
        else if (target is { } to && !_kinds.ContainsKey(to)) losses.Add($"the name '{legal}' in directory {parent} leads to inode {to}, which is lost");
        else into.Add(new LocalEntry(parent, legal, target, Hidden(row, parent, legal)));
    }

    // The name is worth more than what it hides.
    private HiddenEntry Hidden(JournalRow row, LocalId parent, PathName name)
    {
        try
        {
            return HiddenBytes.Read(row.Bytes(4));
        }
        catch (DamagedDatabaseException e)
        {
            losses.Add($"what the name '{name}' in directory {parent} hides {e.Message}");
            return HiddenEntry.NotRecorded;
        }
    }

    private void ReadAttribute(JournalRow row, ImmutableArray<LocalAttribute>.Builder into)
    {
        var inode = Seen(row.Id(0));
        var name = ByteText.Show(row.Bytes(1));
        if (!row.IsProvenAttribute()) losses.Add($"the attribute '{name}' of inode {inode} fails its checksum");
        else if (!_kinds.ContainsKey(inode)) losses.Add($"the attribute '{name}' is of inode {inode}, which is lost");
        else into.Add(new LocalAttribute(inode, [.. row.Bytes(1)], [.. row.Bytes(2)]));
    }

    private void ReadUsed(JournalRow row)
    {
        Used = row.IsProvenUsed() ? row.Id(0).Value : null;
        if (Used is null) losses.Add("which ids were used is lost: new ones begin far beyond");
    }

    // Of a damaged row the id may be anything: then it is not believed either.
    private LocalId Seen(LocalId id)
    {
        if (id.Value < UnbelievableId) _greatest = Math.Max(_greatest, id.Value);
        return id;
    }
}
