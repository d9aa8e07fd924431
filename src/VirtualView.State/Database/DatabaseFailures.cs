using Microsoft.Data.Sqlite;

namespace VirtualView.State.Database;

/// <summary>Sorts SQLite's result codes (sqlite.org/rescode.html).</summary>
internal static class DatabaseFailures
{
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int Mismatch = 20;
    private const int NotADatabase = 26;
    private const int IoErrorRead = 266;
    private const int IoErrorShortRead = 522;
    private const int IoErrorCorruptFileSystem = 8458;

    public static DatabaseFailure Classify(SqliteException e) => e.SqliteErrorCode switch
    {
        Busy or Locked => DatabaseFailure.Locked,

        // ERROR is what a missing table or column gives: our own SQL is right against our own schema.
        Error or Corrupt or Mismatch or NotADatabase => DatabaseFailure.Damaged,
        _ when e.SqliteExtendedErrorCode is IoErrorRead or IoErrorShortRead or IoErrorCorruptFileSystem => DatabaseFailure.Damaged,
        _ => DatabaseFailure.Refused,
    };

    public static StateException ToStateException(SqliteException e, string file) => Classify(e) switch
    {
        DatabaseFailure.Locked => new($"the state database '{file}' is locked by another process: end whatever has it open (fuser '{file}')", e),
        DatabaseFailure.Refused => new(
            $"cannot write the state database '{file}': {e.Message}: make the folder writable for this user and see that the disk has room", e),
        DatabaseFailure.Damaged => new($"the state database '{file}' is damaged again right after it was made: {e.Message}: check the disk", e),
        var other => throw new NotSupportedException($"{other}"),
    };
}
