using System.Runtime.InteropServices;
using VirtualView.Fuse.Native;

namespace VirtualView.Fuse.Mounting;

/// <summary>The name that the kernel's tables have for a mount point.</summary>
internal static class MountPath
{
    /// <summary>
    /// Resolves symbolic links in all but the last component, which may be a dead mount that answers nothing; and in
    /// that one too if it is a link.
    /// </summary>
    public static string Resolve(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent) return full;
        var resolved = Path.Join(RealPath(parent) ?? parent, Path.GetFileName(full));
        return new FileInfo(resolved).LinkTarget is null ? resolved : RealPath(resolved) ?? resolved;
    }

    private static unsafe string? RealPath(string path)
    {
        var buffer = stackalloc byte[4096]; // PATH_MAX
        return LibC.RealPath(path, buffer) is null ? null : Marshal.PtrToStringUTF8((nint)buffer);
    }
}
