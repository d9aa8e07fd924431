using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using SQLitePCL;
using VirtualView.State.Database;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Journal;

/// <summary>All that is open of a journal while it is in use.</summary>
internal sealed class OpenJournal : IAsyncDisposable
{
    // So much is reserved for the log from the start: on a full disk there is room to remove what fills it.
    private const long ReservedBytes = 1 << 20;

    private readonly StateDatabase _database;

    private readonly string _file;

    private OpenJournal(string file, StateDatabase database, StateDatabase copier, Lock commits, ILogger log)
    {
        (_file, _database) = (file, database);
        Index = new LogIndex(OpenBeside(file + "-shm"));
        Mark = LogMark.Open(file);
        Room = new DatabaseRoom(OpenBeside(file));
        Log = new LogSync(OpenLog(file + "-wal"), file, Mark, log);
        Checkpoints = new LogCheckpoints(Handle, copier, commits, Index, Mark, Room);
        if (Index.Read() is { } end) Mark.Committed(end);
    }

    public sqlite3 Handle => _database.Connection.Handle!;

    public LogIndex Index { get; }

    public LogMark Mark { get; }

    public DatabaseRoom Room { get; }

    public LogSync Log { get; }

    public LogCheckpoints Checkpoints { get; }

    /// <summary>Set once the rows were read.</summary>
    public JournalWriter? Writer { get; set; }

    /// <exception cref="SqliteException">The file is locked, damaged or refused.</exception>
    /// <exception cref="DamagedDatabaseException">A newer release wrote it, or its pages contradict each other.</exception>
    public static OpenJournal Open(string file, TimeSpan busyTimeout, TimeProvider clock, Lock commits, ILogger log)
    {
        StateDatabase? database = null, copier = null;
        try
        {
            database = StateDatabase.Open(file, busyTimeout, clock, JournalSchema.Steps);
            Run(database, "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0");
            raw.sqlite3_extended_result_codes(database.Connection.Handle, 1);
            Check(database);
            copier = StateDatabase.Open(file, busyTimeout, clock, JournalSchema.Steps);
            return new OpenJournal(file, database, copier, commits, log);
        }
        catch
        {
            copier?.Dispose();
            database?.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Checkpoints.DisposeAsync();
        Writer?.Dispose();
        Log.Dispose();
        _database.Dispose(); // copies the log into the database
        Index.Dispose();
        Room.Dispose();
        Mark.Dispose();
        if (!File.Exists(_file + "-wal")) LogMark.Delete(_file);
    }

    /// <summary>Rows prove themselves; that none is missing, only the pages together tell.</summary>
    private static void Check(StateDatabase database)
    {
        using var check = database.Command("PRAGMA quick_check(1)");
        using var row = check.ExecuteReader();
        var verdict = row.Read() ? row.GetString(0) : "no answer";
        if (verdict != "ok") throw new DamagedDatabaseException(verdict.ReplaceLineEndings(" "));
    }

    private static SafeFileHandle OpenLog(string log)
    {
        var file = OpenBeside(log);
        Libc.Allocate(file, Libc.KeepSize, 0, ReservedBytes); // a disk that cannot, does without
        return file;
    }

    private static SafeFileHandle OpenBeside(string name)
    {
        var file = Libc.Open(name, Libc.ReadWrite);
        return file.IsInvalid ? throw new IOException($"'{name}' cannot be opened (errno {Marshal.GetLastPInvokeError()})") : file;
    }

    private static void Run(StateDatabase database, string sql)
    {
        using var command = database.Command(sql);
        command.ExecuteNonQuery();
    }
}
