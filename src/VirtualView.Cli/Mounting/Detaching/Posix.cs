using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VirtualView.Cli.Mounting.Detaching;

/// <summary>The few system calls that commands need and .NET does not offer.</summary>
internal static class Posix
{
    private const int KeepSize = 1; // FALLOC_FL_KEEP_SIZE
    private const int PunchHole = 2; // FALLOC_FL_PUNCH_HOLE

    /// <summary>Leaves the terminal and the session of whoever started this process.</summary>
    [DllImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static extern int StartSession();

    /// <summary>Whether a part of a file can be given back to its disk, tried on the first page of <paramref name="file"/>.</summary>
    public static bool CanPunchHoles(SafeFileHandle file) => Allocate((int)file.DangerousGetHandle(), PunchHole | KeepSize, 0, 4096) == 0;

    /// <summary>Makes <paramref name="to"/> another descriptor of what <paramref name="from"/> is open on.</summary>
    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static extern int Duplicate(int from, int to);

    [DllImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static extern int Allocate(int file, int mode, long offset, long length);
}
