using VirtualView.Cache.Disk;

namespace VirtualView.Cache.Layout;

/// <summary>
/// The store's folder is the store's alone: what stands where it wants a file or a folder, and is none, is deleted. So
/// whoever writes there makes way first, and whoever reads there never opens what is no file.
/// </summary>
internal static class Obstacles
{
    public static bool IsFile(string path) => Libc.KindOf(path) == EntryKind.File;

    /// <summary>After it there is a file at the path, or nothing.</summary>
    /// <exception cref="IOException">What stands there cannot be deleted.</exception>
    public static void ClearForFile(string path)
    {
        if (Libc.KindOf(path) is EntryKind.Folder or EntryKind.Other) StoreFormat.Delete(path);
    }

    /// <summary>False when what stands there cannot be deleted.</summary>
    public static bool TryClearForFile(string path) => Libc.KindOf(path) is EntryKind.None or EntryKind.File || StoreFormat.TryDelete(path);

    /// <summary>Makes a folder in the store's folder, and those that lead to it; what lies above is not the store's.</summary>
    /// <exception cref="IOException">What stands there cannot be deleted, or the disk refuses.</exception>
    public static void MakeFolder(string root, string path)
    {
        if (Libc.KindOf(path) == EntryKind.Folder) return;
        if (path.Length > root.Length)
        {
            MakeFolder(root, Path.GetDirectoryName(path)!);
            StoreFormat.Delete(path);
        }

        Directory.CreateDirectory(path);
    }
}
