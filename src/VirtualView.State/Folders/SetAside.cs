using System.Globalization;
using VirtualView.Core.Crashes;
using Microsoft.Extensions.Logging;

namespace VirtualView.State.Folders;

/// <summary>Renames what cannot be used, so that a new file can take its place and nothing is destroyed.</summary>
internal static class SetAside
{
    /// <returns>The new path: <c>FILE.WHY-TIME</c>, with a number if that is taken.</returns>
    /// <exception cref="StateException">The folder does not let files be renamed.</exception>
    public static string Move(string file, string why, TimeProvider clock)
    {
        var time = clock.GetUtcNow().ToString("yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture);
        var aside = $"{file}.{why}-{time}";
        for (var number = 2; Path.Exists(aside); number++)
            aside = $"{file}.{why}-{time}.{number}";
        try
        {
            if (Directory.Exists(file)) Directory.Move(file, aside);
            else File.Move(file, aside);
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

    /// <summary>Renames a folder, a pipe or a link to nowhere that stands where a file belongs.</summary>
    /// <exception cref="StateException">The folder does not let files be renamed.</exception>
    public static void Obstacles(IEnumerable<string> files, TimeProvider clock, ILogger log)
    {
        foreach (var file in files.Where(IsObstacle)) log.ObstacleSetAside(file, Move(file, "obstacle", clock));
    }

    private static bool IsObstacle(string path)
    {
        if (Directory.Exists(path)) return true;
        try
        {
            // To write, too: to read, a pipe would wait for its other end.
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return !file.CanSeek;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // whoever uses it says so
        }
        catch (IOException)
        {
            return new FileInfo(path).LinkTarget is not null;
        }
    }
}
