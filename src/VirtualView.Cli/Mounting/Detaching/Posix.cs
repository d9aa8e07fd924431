using System.Runtime.InteropServices;

namespace VirtualView.Cli.Mounting.Detaching;

/// <summary>The two system calls that make a process a daemon and that .NET does not offer.</summary>
internal static class Posix
{
    /// <summary>Leaves the terminal and the session of whoever started this process.</summary>
    [DllImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static extern int StartSession();

    /// <summary>Makes <paramref name="to"/> another descriptor of what <paramref name="from"/> is open on.</summary>
    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static extern int Duplicate(int from, int to);
}
