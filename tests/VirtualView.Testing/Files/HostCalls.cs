using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VirtualView.Testing.Files;

/// <summary>System calls on paths of any bytes, each ended by a NUL.</summary>
public static partial class HostCalls
{
    public const int WriteCreateTruncate = 0x1 | 0x40 | 0x200 | 0x80000;
    public const int CurrentDirectory = -100;
    public const int NoFollow = 0x100;
    public const int Terminate = 15;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    public static partial SafeFileHandle Open(byte[] path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true)]
    public static partial int MakeDirectory(byte[] path, uint mode);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true)]
    public static partial int MakeFifo(byte[] path, uint mode);

    [LibraryImport("libc", EntryPoint = "symlink", SetLastError = true)]
    public static partial int MakeLink(byte[] target, byte[] path);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true)]
    public static partial int ChangeMode(byte[] path, uint mode);

    [LibraryImport("libc", EntryPoint = "remove", SetLastError = true)]
    public static partial int Remove(byte[] path);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    public static partial int SetTimes(int directory, byte[] path, long[] accessAndModification, int flags);

    [LibraryImport("libc", EntryPoint = "pidfd_open", SetLastError = true)]
    public static partial SafeFileHandle OpenProcess(int process, uint flags);

    /// <summary>A descriptor of another process, as if it had been inherited from it.</summary>
    [LibraryImport("libc", EntryPoint = "pidfd_getfd", SetLastError = true)]
    public static partial SafeFileHandle CopyDescriptor(SafeFileHandle process, int descriptor, uint flags);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(SafeFileHandle file);
}
