using System.Runtime.InteropServices;

namespace VirtualView.Torture.Tests.Daemon;

/// <summary>Reading with the error numbers that the kernel gives.</summary>
internal static partial class MountCalls
{
    public const int NoEntry = 2;
    public const int Stale = 116;

    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int SeekEnd = 2;

    /// <summary>A descriptor, or -1 and the error number.</summary>
    public static (int Descriptor, int Errno) Open(string path)
    {
        var descriptor = OpenCall(path, ReadOnlyCloseOnExec);
        return (descriptor, descriptor < 0 ? Marshal.GetLastPInvokeError() : 0);
    }

    public static (long Size, int Errno) SizeOf(int descriptor)
    {
        var size = Seek(descriptor, 0, SeekEnd);
        return (size, size < 0 ? Marshal.GetLastPInvokeError() : 0);
    }

    public static unsafe (int Count, int Errno) Read(int descriptor, Span<byte> into, long offset)
    {
        fixed (byte* start = into)
        {
            var count = (int)PRead(descriptor, start, (nuint)into.Length, offset);
            return (count, count < 0 ? Marshal.GetLastPInvokeError() : 0);
        }
    }

    public static void Close(int descriptor) => _ = CloseCall(descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenCall(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(int descriptor, long offset, int whence);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static unsafe partial nint PRead(int descriptor, byte* into, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseCall(int descriptor);
}
