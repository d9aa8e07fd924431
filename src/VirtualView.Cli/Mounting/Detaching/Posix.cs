using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VirtualView.Cli.Mounting.Detaching;

/// <summary>The few system calls that commands need and .NET does not offer.</summary>
internal static class Posix
{
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private const int KeepSize = 1; // FALLOC_FL_KEEP_SIZE
    private const int PunchHole = 2; // FALLOC_FL_PUNCH_HOLE

    /// <summary>Leaves the terminal and the session of whoever started this process.</summary>
    [DllImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static extern int StartSession();

    /// <summary>Lets no descriptor but the first three pass to processes that this one starts.</summary>
    public static void KeepDescriptors()
    {
        foreach (var name in Directory.GetFiles("/proc/self/fd").Select(Path.GetFileName))
        {
            // One that is closed meanwhile, such as that of the listing itself, is refused: nothing is lost.
            if (int.TryParse(name, out var descriptor) && descriptor > 2) _ = Control(descriptor, SetDescriptorFlags, CloseOnExec);
        }
    }

    /// <summary>Whether a part of a file can be given back to its disk, tried on the first page of <paramref name="file"/>.</summary>
    public static bool CanPunchHoles(SafeFileHandle file) => Allocate((int)file.DangerousGetHandle(), PunchHole | KeepSize, 0, 4096) == 0;

    /// <summary>Makes <paramref name="to"/> another descriptor of what <paramref name="from"/> is open on.</summary>
    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static extern int Duplicate(int from, int to);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Control(int descriptor, int command, int argument);

    [DllImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static extern int Allocate(int file, int mode, long offset, long length);
}
