using VirtualView.Core.Crashes;

namespace VirtualView.State.Folders;

/// <summary>Replaces a file whole: who reads it sees the old or the new content, also after a power cut.</summary>
internal static class DurableFile
{
    public static string TemporaryOf(string path) => path + ".new";

    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = TemporaryOf(path);
        using var file = OwnerOnly.OpenFile(temporary, FileMode.Create, FileShare.Read);
        file.Write(content);
        file.Flush(flushToDisk: true);
        CrashPoint.Reached(CrashPoints.StateReplaceUnnamed);
        File.Move(temporary, path, overwrite: true);
        CrashPoint.Reached(CrashPoints.StateReplaceNamed);

        // .NET cannot fsync a folder. The rename has touched the file's inode, so on journaling file systems this
        // takes the rename to disk as well.
        file.Flush(flushToDisk: true);
    }
}
