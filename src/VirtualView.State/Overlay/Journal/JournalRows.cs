using SQLitePCL;
using VirtualView.Core.Overlay;
using VirtualView.State.Trees;

namespace VirtualView.State.Overlay.Journal;

/// <summary>
/// The statements that change rows, prepared once. All answer with SQLite's extended result code: the way of ADO.NET
/// would allocate for every value and throw for a full disk. Not safe for several threads.
/// </summary>
internal sealed class JournalRows(sqlite3 database) : IDisposable
{
    private readonly ByteWriter _record = new();
    private readonly sqlite3_stmt _begin = Prepare(database, "BEGIN IMMEDIATE");
    private readonly sqlite3_stmt _commit = Prepare(database, "COMMIT");
    private readonly sqlite3_stmt _rollback = Prepare(database, "ROLLBACK");
    private readonly sqlite3_stmt _putInode = Prepare(database, "INSERT OR REPLACE INTO inode VALUES (?1, ?2)");
    private readonly sqlite3_stmt _removeInode = Prepare(database, "DELETE FROM inode WHERE id = ?1");
    private readonly sqlite3_stmt _removeAttributes = Prepare(database, "DELETE FROM attribute WHERE inode = ?1");
    private readonly sqlite3_stmt _putEntry = Prepare(database, "INSERT OR REPLACE INTO entry VALUES (?1, ?2, ?3, ?4, ?5)");
    private readonly sqlite3_stmt _removeEntry = Prepare(database, "DELETE FROM entry WHERE parent = ?1 AND name = ?2");
    private readonly sqlite3_stmt _putAttribute = Prepare(database, "INSERT OR REPLACE INTO attribute VALUES (?1, ?2, ?3, ?4)");
    private readonly sqlite3_stmt _removeAttribute = Prepare(database, "DELETE FROM attribute WHERE inode = ?1 AND name = ?2");
    private readonly sqlite3_stmt _putUsed = Prepare(database, "INSERT OR REPLACE INTO used VALUES (1, ?1, ?2)");

    public int Begin() => Run(_begin);

    public int Commit() => Run(_commit);

    /// <summary>SQLite has rolled back by itself after some failures.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(database) == 0) Run(_rollback);
    }

    public int PutInode(LocalInodeRecord inode)
    {
        InodeWriter.Write(_record, inode);
        return PutInode(inode.Id, _record.Written);
    }

    public int PutInode(LocalId id, ReadOnlySpan<byte> record)
    {
        raw.sqlite3_bind_int64(_putInode, 1, (long)id.Value);
        raw.sqlite3_bind_blob(_putInode, 2, record);
        return Run(_putInode);
    }

    /// <summary>Its extended attributes too.</summary>
    public int RemoveInode(LocalId id)
    {
        raw.sqlite3_bind_int64(_removeInode, 1, (long)id.Value);
        raw.sqlite3_bind_int64(_removeAttributes, 1, (long)id.Value);
        return Run(_removeInode) is var result and not raw.SQLITE_DONE ? result : Run(_removeAttributes);
    }

    public int PutEntry(LocalEntry entry)
    {
        HiddenBytes.Write(_record, entry.Hidden);
        return PutEntry(entry.Directory, entry.Name.Bytes, entry.Target, _record.Written);
    }

    /// <param name="hidden">Empty for what was not recorded.</param>
    public int PutEntry(LocalId parent, ReadOnlySpan<byte> name, LocalId? target, ReadOnlySpan<byte> hidden)
    {
        Bind(_putEntry, parent, name);
        if (target is { } to) raw.sqlite3_bind_int64(_putEntry, 3, (long)to.Value);
        else raw.sqlite3_bind_null(_putEntry, 3);
        raw.sqlite3_bind_int64(_putEntry, 4, (long)JournalChecksum.OfEntry(parent.Value, name, target?.Value ?? 0, hidden));
        if (hidden.IsEmpty) raw.sqlite3_bind_null(_putEntry, 5);
        else raw.sqlite3_bind_blob(_putEntry, 5, hidden);
        return Run(_putEntry);
    }

    public int RemoveEntry(LocalId parent, ReadOnlySpan<byte> name)
    {
        Bind(_removeEntry, parent, name);
        return Run(_removeEntry);
    }

    public int PutAttribute(LocalId inode, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Bind(_putAttribute, inode, name);
        BindBytes(_putAttribute, 3, value);
        raw.sqlite3_bind_int64(_putAttribute, 4, (long)JournalChecksum.OfAttribute(inode.Value, name, value));
        return Run(_putAttribute);
    }

    public int RemoveAttribute(LocalId inode, ReadOnlySpan<byte> name)
    {
        Bind(_removeAttribute, inode, name);
        return Run(_removeAttribute);
    }

    public int PutUsed(ulong greatest)
    {
        raw.sqlite3_bind_int64(_putUsed, 1, (long)greatest);
        raw.sqlite3_bind_int64(_putUsed, 2, (long)JournalChecksum.OfUsed(greatest));
        return Run(_putUsed);
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<sqlite3_stmt>)
            [_begin, _commit, _rollback, _putInode, _removeInode, _removeAttributes, _putEntry, _removeEntry, _putAttribute, _removeAttribute, _putUsed])
            statement.Dispose();
    }

    private static void Bind(sqlite3_stmt statement, LocalId id, ReadOnlySpan<byte> name)
    {
        raw.sqlite3_bind_int64(statement, 1, (long)id.Value);
        BindBytes(statement, 2, name);
    }

    // A span without bytes has no address, which would be NULL.
    private static void BindBytes(sqlite3_stmt statement, int index, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) raw.sqlite3_bind_zeroblob(statement, index, 0);
        else raw.sqlite3_bind_blob(statement, index, bytes);
    }

    /// <summary>Done, or why not. A statement that was reset holds no lock.</summary>
    private static int Run(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        return result;
    }

    private static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        var result = raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        return result == raw.SQLITE_OK
            ? statement
            : throw new Microsoft.Data.Sqlite.SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), result & 0xFF, result);
    }
}
