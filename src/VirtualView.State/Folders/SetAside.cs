using System.Globalization;
using VirtualView.Core.Crashes;

namespace VirtualView.State.Folders;

/// <summary>Renames a file that cannot be used, so that a new one can take its place and nothing is destroyed.</summary>
internal static class SetAside
{
    /// <returns>The new path: <c>FILE.WHY-TIME</c>, with a number if that is taken.</returns>
    /// <exception cref="StateException">The folder does not let files be renamed.</exception>
    public static string Move(string file, string why, TimeProvider clock)
    {
        var time = clock.GetUtcNow().ToString("yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture);
        var aside = $"{file}.{why}-{time}";
        for (var number = 2; File.Exists(aside); number++)
            aside = $"{file}.{why}-{time}.{number}";
        try
        {
            File.Move(file, aside);
            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"'{file}' cannot be used and cannot be renamed: {e.Message}: move it away by hand", e);
        }
    }

    /// <summary>A database with its log, which belongs to it and would be replayed into the next.</summary>
    public static string MoveDatabase(string file, string why, TimeProvider clock)
    {
        var aside = Move(file, why, clock);
        CrashPoint.Reached(CrashPoints.StateAsideRenamed);
        if (File.Exists(file + "-wal")) File.Move(file + "-wal", aside + "-wal");
        File.Delete(file + "-shm");
        return aside;
    }
}
