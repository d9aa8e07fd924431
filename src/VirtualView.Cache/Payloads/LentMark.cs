using Microsoft.Win32.SafeHandles;

namespace VirtualView.Cache.Payloads;

/// <summary>Tells on the disk that the kernel has had a payload's file: the sticky bit, which means nothing else on a file.</summary>
internal static class LentMark
{
    public static void Set(SafeFileHandle file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.StickyBit);
    }

    public static bool IsOn(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.StickyBit) != 0;
}
