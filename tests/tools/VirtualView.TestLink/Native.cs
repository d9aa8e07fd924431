using System.Runtime.InteropServices;

namespace VirtualView.Tools;

/// <summary>The system calls that .NET has no word for: epoll with nanoseconds, and listening again on the same port.</summary>
internal static unsafe partial class Native
{
    public const uint EpollIn = 0x1, EpollOut = 0x4, EpollError = 0x8, EpollHangUp = 0x10, EpollEdge = 1u << 31;
    public const int ControlAdd = 1, ControlModify = 3, Interrupted = 4;
    private const int SetTimerSlack = 29, CloseOnExec = 0x80000, NonBlocking = 0x800;

    // The kernel packs this struct on x86-64 only.
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    public struct PackedEvent
    {
        public uint Events;
        public int Key;
        public int KeyHigh;
    }

    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    public static int CreateEpoll() => Check(EpollCreate(CloseOnExec));

    public static int CreateEvent() => Check(EventFd(0, CloseOnExec | NonBlocking));

    /// <summary>Lets this thread's timers fire within a microsecond of their time instead of fifty.</summary>
    public static void UsePreciseTimers() => Check(PrCtl(SetTimerSlack, 1000, 0, 0, 0));

    public static int Check(int result) =>
        result >= 0 ? result : throw new System.ComponentModel.Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint start, int flags);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int PrCtl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int fd, PackedEvent* change);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    public static partial int EpollWait(int epoll, PackedEvent* events, int capacity, TimeSpec* timeout, void* signals);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, void* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, void* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int fd, int how);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int fd, int backlog);
}
