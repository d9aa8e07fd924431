using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VirtualView.State.Native;

/// <summary>The system calls that the class library does not offer, or answers with exceptions. Names are relative to a folder and end with a NUL.</summary>
internal static unsafe partial class Libc
{
    public const int KeepSize = 1;
    public const int PunchHole = 2;
    public const int SeekData = 3;
    public const int SeekHole = 4;
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;

    private const int CloseOnExec = 0x80000;
    private const int Nameless = 0x410000; // O_TMPFILE
    private const int OwnerFile = 0x180; // 0600
    private const int OwnerFolder = 0x1C0; // 0700
    private const int ReadNoWait = 8;
    private const int AtEmptyPath = 0x1000;
    private const uint SizeSectorsAndTimes = 0x6C0; // STATX_MTIME | CTIME | SIZE | BLOCKS
    private const long OmitTime = 0x3ffffffe;

    /// <summary>Invalid when it cannot be opened: the last error tells why.</summary>
    public static SafeFileHandle OpenAt(SafeFileHandle folder, ReadOnlySpan<byte> name, int flags)
    {
        fixed (byte* start = name)
        {
            while (true)
            {
                var opened = OpenAt(folder, start, flags | CloseOnExec, OwnerFile);
                if (!opened.IsInvalid || Marshal.GetLastPInvokeError() != Errno.Interrupted) return opened;
                opened.Dispose();
            }
        }
    }

    /// <summary>A folder to name files by, or a file to sync. Invalid when it cannot be opened.</summary>
    public static SafeFileHandle Open(string path, int flags) => Open(path, flags | CloseOnExec, OwnerFile);

    /// <summary>A file that goes when it is closed. Invalid where the disk has no such files, or it cannot be made.</summary>
    public static SafeFileHandle OpenNameless(SafeFileHandle folder) => OpenAt(folder, ".\0"u8, Nameless | ReadWrite);

    public static int MakeFolder(SafeFileHandle folder, ReadOnlySpan<byte> name)
    {
        fixed (byte* start = name) return Result(MkDirAt(folder, start, OwnerFolder));
    }

    public static int Unlink(SafeFileHandle folder, ReadOnlySpan<byte> name)
    {
        fixed (byte* start = name) return Result(UnlinkAt(folder, start, 0));
    }

    public static int Rename(SafeFileHandle folder, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        fixed (byte* source = from, target = to) return Result(RenameAt(folder, source, folder, target));
    }

    public static int Status(SafeFileHandle folder, ReadOnlySpan<byte> name, out FileStatus status)
    {
        fixed (byte* start = name)
        fixed (FileStatus* into = &status)
            return Result(StatX(folder, start, 0, SizeSectorsAndTimes, into));
    }

    public static int Status(SafeFileHandle file, out FileStatus status)
    {
        fixed (byte* empty = "\0"u8)
        fixed (FileStatus* into = &status)
            return Result(StatX(file, empty, AtEmptyPath, SizeSectorsAndTimes, into));
    }

    /// <summary>All that the file has of the range: fewer bytes at its end. -1 when the disk refuses.</summary>
    public static int Read(SafeFileHandle file, Span<byte> into, long offset, bool mayWait)
    {
        var done = 0;
        while (done < into.Length)
        {
            nint got;
            fixed (byte* start = into[done..])
            {
                var vector = new IoVector(start, (nuint)(into.Length - done));
                got = PReadV2(file, &vector, 1, offset + done, mayWait ? 0 : ReadNoWait);
            }

            if (got < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted) continue;
            if (got < 0) return -1;
            if (got == 0) break;
            done += (int)got;
        }

        return done;
    }

    public static int Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            nint put;
            fixed (byte* start = bytes) put = PWrite(file, start, (nuint)bytes.Length, offset);
            if (put < 0 && Marshal.GetLastPInvokeError() is var errno and not Errno.Interrupted) return errno;
            if (put <= 0) continue;
            bytes = bytes[(int)put..];
            offset += put;
        }

        return Errno.None;
    }

    public static int Truncate(SafeFileHandle file, long size) => Retried(file, size, static (file, size) => FTruncate(file, size));

    public static int Allocate(SafeFileHandle file, int mode, long offset, long length)
    {
        int result;
        do result = Result(FAllocate(file, mode, offset, length));
        while (result == Errno.Interrupted);
        return result;
    }

    public static int Sync(SafeFileHandle file, bool dataOnly) =>
        Retried(file, 0, dataOnly ? static (file, _) => FDataSync(file) : static (file, _) => FSync(file));

    /// <summary>-1 when there is none, or it cannot be told.</summary>
    public static long Seek(SafeFileHandle file, long offset, int what) => LSeek(file, offset, what);

    /// <summary>Leaves the time of the last access.</summary>
    public static int SetModified(SafeFileHandle file, long seconds, long nanoseconds)
    {
        var times = stackalloc long[4] { 0, OmitTime, seconds, nanoseconds };
        return Result(FUTimens(file, times));
    }

    private static int Retried(SafeFileHandle file, long argument, Func<SafeFileHandle, long, int> call)
    {
        int result;
        do result = Result(call(file, argument));
        while (result == Errno.Interrupted);
        return result;
    }

    private static int Result(int answer) => answer == 0 ? Errno.None : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial SafeFileHandle OpenAt(SafeFileHandle folder, byte* name, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    private static partial int MkDirAt(SafeFileHandle folder, byte* name, int mode);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int UnlinkAt(SafeFileHandle folder, byte* name, int flags);

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true)]
    private static partial int RenameAt(SafeFileHandle fromFolder, byte* from, SafeFileHandle toFolder, byte* to);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int StatX(SafeFileHandle folder, byte* name, int flags, uint mask, FileStatus* into);

    [LibraryImport("libc", EntryPoint = "preadv2", SetLastError = true)]
    private static partial nint PReadV2(SafeFileHandle file, IoVector* vectors, int count, long offset, int flags);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint PWrite(SafeFileHandle file, byte* from, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int FAllocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int FTruncate(SafeFileHandle file, long length);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long LSeek(SafeFileHandle file, long offset, int what);

    [LibraryImport("libc", EntryPoint = "futimens", SetLastError = true)]
    private static partial int FUTimens(SafeFileHandle file, long* times);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct IoVector(byte* start, nuint length)
    {
        public readonly byte* Start = start;
        public readonly nuint Length = length;
    }
}
