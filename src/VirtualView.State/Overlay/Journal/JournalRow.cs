using SQLitePCL;
using VirtualView.Core.Overlay;

namespace VirtualView.State.Overlay.Journal;

/// <summary>The row that a scan stands on. In a damaged page a value may be of any type: it is then zero or empty, and fails its checksum.</summary>
internal readonly struct JournalRow(sqlite3_stmt statement)
{
    public LocalId Id(int column) => new((ulong)Integer(column));

    public ReadOnlySpan<byte> Bytes(int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_BLOB ? raw.sqlite3_column_blob(statement, column) : [];

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>For id, record.</summary>
    public bool IsProvenInode() => InodeReader.IsProven(Id(0).Value, Bytes(1));

    /// <summary>For parent, name, target, checksum, hidden.</summary>
    public bool IsProvenEntry() => Integer(3) == (long)JournalChecksum.OfEntry(Id(0).Value, Bytes(1), IsNull(2) ? 0 : Id(2).Value, Bytes(4));

    /// <summary>For inode, name, value, checksum.</summary>
    public bool IsProvenAttribute() => Integer(3) == (long)JournalChecksum.OfAttribute(Id(0).Value, Bytes(1), Bytes(2));

    /// <summary>For greatest, checksum.</summary>
    public bool IsProvenUsed() => Integer(1) == (long)JournalChecksum.OfUsed(Id(0).Value);

    private long Integer(int column) =>
        raw.sqlite3_column_type(statement, column) == raw.SQLITE_INTEGER ? raw.sqlite3_column_int64(statement, column) : 0;
}
