using System.Globalization;
using VirtualView.Cache.Disk;

namespace VirtualView.Cache.Layout;

/// <summary>The line that says how everything else in the folder is to be read.</summary>
internal static class StoreFormat
{
    /// <summary>False when the folder was written by something else, or is new.</summary>
    public static bool Matches(StoreLayout layout, int blockSizeBytes)
    {
        try
        {
            return Obstacles.IsFile(layout.Format) && File.ReadAllText(layout.Format) == Line(blockSizeBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>On a full disk it is not written, and the next start begins empty once more.</summary>
    public static void TryWrite(StoreLayout layout, int blockSizeBytes)
    {
        try
        {
            Obstacles.ClearForFile(layout.Format);
            File.WriteAllText(layout.Format, Line(blockSizeBytes));
        }
        catch (IOException error) when (Errno.IsFull(Errno.Of(error)))
        {
            TryDelete(layout.Format);
        }
    }

    /// <summary>Deletes all that a store keeps, whatever has taken its place; the lock stays.</summary>
    public static void Clear(StoreLayout layout)
    {
        foreach (var path in new[] { layout.Format, layout.Sources, layout.Index, layout.Payloads })
            Delete(path);
    }

    public static void Delete(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        else if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null) File.Delete(path);
    }

    /// <summary>False when it cannot be deleted now.</summary>
    public static bool TryDelete(string path)
    {
        try
        {
            Delete(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Line(int blockSizeBytes) =>
        string.Create(CultureInfo.InvariantCulture, $"virtualview block store 1, block size {blockSizeBytes}\n");
}
