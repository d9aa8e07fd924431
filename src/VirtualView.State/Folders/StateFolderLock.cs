using System.Globalization;
using VirtualView.Core.Crashes;

namespace VirtualView.State.Folders;

/// <summary>
/// Holds a state folder for this process. The kernel drops the lock when the process dies, however it dies, so it is
/// never stale; the process id beside it is only for the message.
/// </summary>
public sealed class StateFolderLock : IDisposable
{
    private const int EWouldBlock = 11;

    private readonly StateFolder _state;
    private readonly FileStream _file;

    private StateFolderLock(StateFolder state, FileStream file) => (_state, _file) = (state, file);

    /// <exception cref="StateException">Another daemon holds the folder, or it cannot be written.</exception>
    public static StateFolderLock Take(string folder)
    {
        var state = StateFolder.Create(folder);
        FileStream file;
        try
        {
            // On Unix FileShare.None is flock(LOCK_EX | LOCK_NB).
            file = OwnerOnly.OpenFile(state.LockFile, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw new StateException(
                $"the state folder '{state.Path}' is in use by {Holder(state)}: unmount that view first, or give this one another View.StateDirectory", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(state, e);
        }

        try
        {
            CrashPoint.Reached(CrashPoints.StateLockTaken);
            WritePid(state);
            return new StateFolderLock(state, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw CannotWrite(state, e);
        }
    }

    /// <summary>False when somebody holds the folder, or that cannot be told.</summary>
    public static bool IsFree(string folder)
    {
        try
        {
            using var file = new FileStream(StateFolder.Of(folder).LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (_file.SafeFileHandle.IsClosed) return;
        try
        {
            File.Delete(_state.PidFile); // while it is ours
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one writes its own over it.
        }

        _file.Dispose();
    }

    // .NET throws a plain IOException for EWOULDBLOCK, and a class or code of its own for all else that can happen here.
    private static bool IsHeldByAnother(IOException e) => e.GetType() == typeof(IOException) && e.HResult == EWouldBlock;

    private static void WritePid(StateFolder state)
    {
        using var file = OwnerOnly.OpenFile(state.PidFile, FileMode.Create, FileShare.Read);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
    }

    private static string Holder(StateFolder state)
    {
        try
        {
            var text = File.ReadAllText(state.PidFile).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? $"process {pid}" : "another process";
        }
        catch (IOException)
        {
            return "another process"; // it has the lock and is about to write its id
        }
    }

    private static StateException CannotWrite(StateFolder state, Exception e) =>
        new($"cannot write in the state folder '{state.Path}': {e.Message.TrimEnd('.')}: make it writable for this user and see that the disk has room", e);
}
