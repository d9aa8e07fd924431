using System.Runtime.InteropServices;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Native;

/// <summary>The system calls that the boundary makes. Errors are in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static unsafe partial class LibC
{
    public const int ReadWrite = 2;
    public const int CloseOnExec = 0x80000;

    public const ulong MountReadOnly = 1;
    public const ulong MountNoSuid = 2;
    public const ulong MountNoDev = 4;
    public const int UnmountForce = 1;
    public const int UnmountDetach = 2;
    public const int UnmountNoFollow = 8;

    public const int UnixDomain = 1;
    public const int Stream = 1;
    public const int SequencedPackets = 5;
    public const int SocketCloseOnExec = 0x80000;
    public const int DoNotWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int MessageCloseOnExec = 0x40000000;

    /// <summary><c>F_SETFD</c>; with 0 the descriptor is inherited by child processes.</summary>
    public const int SetDescriptorFlags = 2;

    /// <summary><c>PR_SET_IO_FLUSHER</c>: memory reclaim on this thread does not wait for file systems, such as ours.</summary>
    public const int SetIoFlusher = 57;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(Descriptor from, byte* into, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(Descriptor to, byte* from, nuint count);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(Descriptor descriptor, nuint request, ref uint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(Descriptor descriptor, nuint request, ref BackingMap argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(Descriptor descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string target, string kind, ulong flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unmount(string target, int flags);

    /// <param name="result">Room for the kernel's structure: 256 bytes are more than any has.</param>
    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FileSystemStatistics(string path, [Out] byte[] result);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* RealPath(string path, byte* into);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int Prctl(int option, nuint argument, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "gettid")]
    public static partial int CurrentThread();

    [LibraryImport("libc", EntryPoint = "tgkill", SetLastError = true)]
    public static partial int SignalThread(int process, int thread, int signal);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    public static partial nint HandleSignal(int signal, nint handler);

    /// <summary>Whether a system call that waits ends with EINTR when the signal came.</summary>
    [LibraryImport("libc", EntryPoint = "siginterrupt", SetLastError = true)]
    public static partial int LetInterrupt(int signal, int isLet);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    public static partial int SocketPair(int domain, int kind, int protocol, int* pair);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(SafeHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(SafeHandle socket, MessageHeader* message, int flags);
}
