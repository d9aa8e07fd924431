using System.Runtime.InteropServices;
using SQLitePCL;
using VirtualView.Core.Outcomes;
using VirtualView.State.Native;

namespace VirtualView.State.Overlay.Journal;

/// <summary>What a result code of SQLite means to whoever called the view.</summary>
internal static partial class JournalFailures
{
    /// <param name="database">Where it happened, just now: the error number of the disk is asked of it.</param>
    /// <param name="result">The code.</param>
    public static FileSystemError Of(sqlite3 database, int result) => (result & 0xFF) switch
    {
        raw.SQLITE_OK or raw.SQLITE_DONE => FileSystemError.None,
        raw.SQLITE_FULL => FileSystemError.NoSpace,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => FileSystemError.Busy,
        raw.SQLITE_READONLY => FileSystemError.ReadOnly,

        // A quota that is used up is an I/O error to SQLite; so is a full disk where the log's index should grow.
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN => DiskErrors.Of(SystemErrno(database)) is var error and not FileSystemError.None
            ? error
            : FileSystemError.Internal,
        _ => FileSystemError.Internal,
    };

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_system_errno")]
    private static partial int SystemErrno(sqlite3 database);
}
