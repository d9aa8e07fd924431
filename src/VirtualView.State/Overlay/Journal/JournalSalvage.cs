using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;
using VirtualView.Core.Crashes;
using VirtualView.State.Database;
using VirtualView.State.Folders;

namespace VirtualView.State.Overlay.Journal;

/// <summary>
/// Makes a new journal of what can be read of one that SQLite cannot use, which is set aside and never deleted. The new
/// one is whole before the old one is renamed, so a death in between costs nothing: the next start goes on.
/// </summary>
internal sealed class JournalSalvage(string file, TimeSpan busyTimeout, TimeProvider clock, ILogger log)
{
    private const int PageBytes = 4096;

    private string Reading => file + ".reading";

    private string Building => file + ".building";

    private string Built => file + ".new";

    /// <summary>Ends what a process began that died.</summary>
    public void Resume()
    {
        if (File.Exists(Built)) Replace();
    }

    public void Run(string why, Losses losses)
    {
        DeleteParts();
        StateDatabase.Open(Building, busyTimeout, clock, JournalSchema.Steps).Dispose();
        var firstPage = File.ReadAllBytes(Building).AsSpan(0, PageBytes).ToArray();
        var rescued = Rescue(firstPage);
        File.Move(Building, Built);
        CrashPoint.Reached(CrashPoints.OverlaySalvageBuilt);
        var aside = Replace();
        DeleteParts();
        losses.Add($"the journal was damaged ({why}): it was renamed to {aside}; {rescued} carried over");
        log.OverlaySetAside(file, why, aside, $"{rescued}");
    }

    /// <summary>Puts a database that the caller builds in the place of the journal, which is set aside with its log.</summary>
    /// <returns>Where it is now.</returns>
    public string Adopt(Action<string> build)
    {
        DeleteParts();
        build(Building);
        File.Move(Building, Built);
        return Replace();
    }

    private string Replace()
    {
        var aside = File.Exists(file) ? SetAside.MoveDatabase(file, "damaged", clock) : file;

        // A process that died between the two renames left the log of what it had renamed.
        if (File.Exists(file + "-wal")) SetAside.Move(file + "-wal", "damaged", clock);
        File.Delete(file + "-shm");
        CrashPoint.Reached(CrashPoints.OverlaySalvageAside);
        File.Move(Built, file);
        return aside;
    }

    /// <summary>
    /// Reads as it is, and then with another first page, of which all is known: its schema, and where the tables begin.
    /// Whatever is damaged in it, what is reached either way is taken once.
    /// </summary>
    private RowRescue Rescue(byte[] firstPage)
    {
        using var into = StateDatabase.Open(Building, busyTimeout, clock, JournalSchema.Steps);
        using var transaction = into.Connection.BeginTransaction();
        using var rows = new JournalRows(into.Connection.Handle!);
        var rescue = new RowRescue(rows);
        Read(rescue, firstPage: null);
        Read(rescue, firstPage);
        transaction.Commit();
        return rescue;
    }

    /// <summary>Reads a copy, because SQLite changes what it opens.</summary>
    private void Read(RowRescue rescue, byte[]? firstPage)
    {
        File.Copy(file, Reading, overwrite: true);
        if (File.Exists(file + "-wal")) File.Copy(file + "-wal", Reading + "-wal", overwrite: true);
        File.Delete(Reading + "-shm");
        if (firstPage is not null) PutFirstPage(firstPage);
        using var from = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Reading, Pooling = false }.ToString());
        try
        {
            from.Open();
            rescue.Run(from.Handle!);
        }
        catch (SqliteException)
        {
            // Not even opened: nothing was rescued.
        }
    }

    private void PutFirstPage(byte[] page)
    {
        const int changes = 24, freeList = 32, freeListEnd = 40, sizeIsOf = 92;
        page.AsSpan(freeList..freeListEnd).Clear();

        // A size in pages that is of another change is not believed: the length of the file counts.
        BinaryPrimitives.WriteInt32BigEndian(page.AsSpan(sizeIsOf), BinaryPrimitives.ReadInt32BigEndian(page.AsSpan(changes)) + 1);
        using var copy = new FileStream(Reading, FileMode.Open, FileAccess.Write);
        copy.Write(page);
    }

    private void DeleteParts()
    {
        foreach (var part in (string[])[Reading, Building])
        {
            foreach (var ending in (string[])["", "-wal", "-shm"])
                File.Delete(part + ending);
        }
    }
}
