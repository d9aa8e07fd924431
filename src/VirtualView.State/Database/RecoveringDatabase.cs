using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using VirtualView.State.Folders;

namespace VirtualView.State.Database;

/// <summary>
/// The database, whatever becomes of its file: what is damaged is set aside and begun anew, what is locked is tried
/// again at the next call. Not safe for several threads.
/// </summary>
/// <param name="consequence">What becomes of it when the file cannot be used, for the log.</param>
internal sealed class RecoveringDatabase(
    string file, ImmutableArray<Migration> migrations, string consequence, TimeSpan busyTimeout, TimeProvider clock, ILogger log) : IDisposable
{
    private StateDatabase? _open;

    /// <summary>Counts the files that were begun: what a caller knows of one does not hold for the next.</summary>
    public int Generation { get; private set; }

    /// <summary>Reads; where the file cannot be read, says so once and gives <paramref name="otherwise"/>.</summary>
    /// <exception cref="StateException">The disk or the folder refuses.</exception>
    public T Read<T>(Func<StateDatabase, T> work, T otherwise)
    {
        try
        {
            return work(_open ??= Open());
        }
        catch (Exception e) when (IsDamage(e))
        {
            BeginAnew(e);
            return otherwise;
        }
        catch (SqliteException e) when (DatabaseFailures.Classify(e) == DatabaseFailure.Locked)
        {
            log.DatabaseLocked(e, file, consequence);
            return otherwise;
        }
        catch (SqliteException e)
        {
            throw DatabaseFailures.ToStateException(e, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e);
        }
    }

    /// <summary>Writes; where the file turns out to be damaged, once more into a new one.</summary>
    /// <exception cref="StateException">The file is locked, or the disk or the folder refuses.</exception>
    public T Write<T>(Func<StateDatabase, T> work)
    {
        try
        {
            return WriteOnce(work);
        }
        catch (Exception e) when (IsDamage(e))
        {
            BeginAnew(e);
            return WriteOnce(work, isSecond: true);
        }
    }

    public void Dispose() => _open?.Dispose();

    private T WriteOnce<T>(Func<StateDatabase, T> work, bool isSecond = false)
    {
        try
        {
            return work(_open ??= Open());
        }
        catch (SqliteException e) when (isSecond || !IsDamage(e))
        {
            throw DatabaseFailures.ToStateException(e, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e);
        }
    }

    private StateDatabase Open() => StateDatabase.Open(file, busyTimeout, clock, migrations);

    private void BeginAnew(Exception cause)
    {
        _open?.Dispose();
        _open = null;
        Generation++;
        try
        {
            var aside = SetAside.MoveDatabase(file, cause is DamagedDatabaseException damaged ? damaged.Why : "damaged", clock);
            log.DatabaseSetAside(cause, file, cause.Message, aside, consequence);
            _open = Open();
        }
        catch (SqliteException e)
        {
            throw DatabaseFailures.ToStateException(e, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e);
        }
    }

    private static bool IsDamage(Exception e) =>
        e is DamagedDatabaseException || (e is SqliteException sqlite && DatabaseFailures.Classify(sqlite) == DatabaseFailure.Damaged);

    private StateException Refused(Exception e) =>
        new($"cannot write in the state folder '{Path.GetDirectoryName(file)}': {e.Message.TrimEnd('.')}: make it writable for this user and see that the disk has room", e);
}
