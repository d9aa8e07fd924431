using System.IO.Hashing;
using SQLitePCL;
using VirtualView.Core.Overlay;

namespace VirtualView.State.Overlay.Journal;

/// <summary>Copies every row that can be reached and proves itself: from the first on, from the last back, and around what is broken.</summary>
internal sealed class RowRescue(JournalRows into)
{
    private const ulong MostProbes = 1_000_000;

    private readonly SortedSet<ulong> _inodes = [];
    private readonly HashSet<(char Table, ulong Id, ulong Name)> _seen = [];
    private int _unproven;

    public int Rows => _seen.Count;

    public void Run(sqlite3 from)
    {
        const string inode = "SELECT id, record FROM inode ";
        if (!Scan(from, inode + "ORDER BY id", null, PutInode) && !Scan(from, inode + "ORDER BY id DESC", null, PutInode)) Probe(from, inode + "WHERE id = ?1");
        Named(from, "SELECT parent, name, target, checksum, hidden FROM entry ", "parent", PutEntry);
        Named(from, "SELECT inode, name, value, checksum FROM attribute ", "inode", PutAttribute);
        Scan(from, "SELECT greatest, checksum FROM used", null, PutUsed);
    }

    public override string ToString() => $"{Rows} rows were" + (_unproven == 0 ? "" : " (others failed their checksum)");

    // By id in the gap between what was read from both ends.
    private void Probe(sqlite3 from, string sql)
    {
        if (_inodes.Count == 0) return;
        var known = _inodes.ToArray();
        ulong probes = 0;
        for (var at = 1; at < known.Length; at++)
        {
            for (var id = known[at - 1] + 1; id < known[at] && probes < MostProbes; id++, probes++)
                Scan(from, sql, new LocalId(id), PutInode);
        }
    }

    private void Named(sqlite3 from, string select, string key, Func<JournalRow, bool> put)
    {
        if (Scan(from, $"{select}ORDER BY {key}, name", null, put) || Scan(from, $"{select}ORDER BY {key} DESC, name DESC", null, put)) return;
        foreach (var id in _inodes)
        {
            if (Scan(from, $"{select}WHERE {key} = ?1 ORDER BY name", new LocalId(id), put)) continue;
            Scan(from, $"{select}WHERE {key} = ?1 ORDER BY name DESC", new LocalId(id), put);
        }
    }

    private bool Scan(sqlite3 from, string sql, LocalId? argument, Func<JournalRow, bool> put)
    {
        using var rows = new JournalScan(from, sql, argument);
        while (rows.Next())
        {
            if (!put(rows.Row)) _unproven++;
        }

        return rows.IsWhole;
    }

    private bool PutInode(JournalRow row)
    {
        if (!row.IsProvenInode()) return false;
        _inodes.Add(row.Id(0).Value);
        if (IsNew('i', row.Id(0).Value, [])) into.PutInode(row.Id(0), row.Bytes(1));
        return true;
    }

    private bool PutEntry(JournalRow row)
    {
        if (!row.IsProvenEntry()) return false;
        if (IsNew('e', row.Id(0).Value, row.Bytes(1))) into.PutEntry(row.Id(0), row.Bytes(1), row.IsNull(2) ? null : row.Id(2), row.Bytes(4));
        return true;
    }

    private bool PutAttribute(JournalRow row)
    {
        if (!row.IsProvenAttribute()) return false;
        if (IsNew('a', row.Id(0).Value, row.Bytes(1))) into.PutAttribute(row.Id(0), row.Bytes(1), row.Bytes(2));
        return true;
    }

    private bool PutUsed(JournalRow row)
    {
        if (!row.IsProvenUsed()) return false;
        if (IsNew('u', 0, [])) into.PutUsed(row.Id(0).Value);
        return true;
    }

    private bool IsNew(char table, ulong id, ReadOnlySpan<byte> name) =>
        _seen.Add((table, id, XxHash3.HashToUInt64(name)));
}
