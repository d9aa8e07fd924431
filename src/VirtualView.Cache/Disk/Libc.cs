using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VirtualView.Cache.Disk;

/// <summary>The system calls that the class library does not offer.</summary>
internal static unsafe partial class Libc
{
    private const int LockExclusiveNow = 2 | 4;
    private const int LockNone = 8;
    private const int ReadNoWait = 8;
    private const int PunchHoleKeepSize = 2 | 1;
    private const int AtCurrentFolder = -100;
    private const int CloseOnExec = 0x80000;
    private const int WithoutWaiting = 0x800;
    private const int ReadWriteCreate = 2 | 0x40;
    private const int OwnerOnly = 0x180; // 0600
    private const int DuplicateCloseOnExec = 1030;
    private const uint StatBlocks = 0x400;
    private const uint StatType = 0x1;
    private const int NoFollow = 0x100;
    private const int SeekData = 3;
    private const uint StartWrite = 2;

    public static bool TryLock(SafeFileHandle file) => Flock(file, LockExclusiveNow) == 0;

    public static void Unlock(SafeFileHandle file) => _ = Flock(file, LockNone);

    /// <summary>What could be read without waiting, or -1. Allocates nothing.</summary>
    public static nint ReadNow(SafeFileHandle file, Span<byte> into, long offset)
    {
        fixed (byte* start = into)
        {
            var vector = new IoVector(start, (nuint)into.Length);
            return PReadV2(file, &vector, 1, offset, ReadNoWait);
        }
    }

    /// <summary>All that the file has of the range: fewer bytes at its end. -1 when the disk refuses.</summary>
    public static int Read(SafeFileHandle file, Span<byte> into, long offset)
    {
        var done = 0;
        while (done < into.Length)
        {
            nint got;
            fixed (byte* start = into[done..]) got = PRead(file, start, (nuint)(into.Length - done), offset + done);
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
            if (put < 0 && Marshal.GetLastPInvokeError() != Errno.Interrupted) return Marshal.GetLastPInvokeError();
            if (put <= 0) continue;
            bytes = bytes[(int)put..];
            offset += put;
        }

        return Errno.None;
    }

    public static int PunchHole(SafeFileHandle file, long offset, long length) =>
        Result(FAllocate(file, PunchHoleKeepSize, offset, length));

    public static int Truncate(SafeFileHandle file) => Result(FTruncate(file, 0));

    public static int Sync(SafeFileHandle file, bool dataOnly) => Result(dataOnly ? FDataSync(file) : FSync(file));

    /// <summary>A hint: its failure shows at the next sync, if it is one.</summary>
    public static void StartWriting(SafeFileHandle file) => _ = SyncFileRange(file, 0, 0, StartWrite);

    public static int SetAttribute(string path, string name, ReadOnlySpan<byte> value)
    {
        fixed (byte* start = value) return Result(SetXAttr(path, name, start, (nuint)value.Length, 0));
    }

    /// <summary>The length of the attribute, or -1 when there is none that fits.</summary>
    public static nint GetAttribute(string path, string name, Span<byte> into)
    {
        fixed (byte* start = into) return GetXAttr(path, name, start, (nuint)into.Length);
    }

    /// <summary>What the file takes on the disk; 0 when that cannot be told.</summary>
    public static long AllocatedBytes(string path)
    {
        const int sectorsAt = 48, size = 256;
        var stat = stackalloc byte[size];
        return StatX(AtCurrentFolder, path, 0, StatBlocks, stat) == 0 ? *(long*)(stat + sectorsAt) * 512 : 0;
    }

    /// <summary>What a path leads to. What cannot be looked at counts as nothing: whoever opens it is told why.</summary>
    public static EntryKind KindOf(string path)
    {
        const int modeAt = 28, size = 256, kindBits = 0xF000, file = 0x8000, folder = 0x4000;
        var stat = stackalloc byte[size];
        if (StatX(AtCurrentFolder, path, 0, StatType, stat) != 0)
            return StatX(AtCurrentFolder, path, NoFollow, StatType, stat) == 0 ? EntryKind.Other : EntryKind.None;
        return (*(ushort*)(stat + modeAt) & kindBits) switch
        {
            file => EntryKind.File,
            folder => EntryKind.Folder,
            _ => EntryKind.Other,
        };
    }

    /// <summary>
    /// True when the disk has no bytes of the range: a hole, or past the file's end. False where the file system cannot
    /// tell.
    /// </summary>
    public static bool IsHole(SafeFileHandle file, long offset, long length)
    {
        var next = LSeek(file, offset, SeekData);
        return next < 0 ? Marshal.GetLastPInvokeError() == Errno.NoSuchPlace : next >= offset + length;
    }

    /// <summary>The file system's magic number; 0 when that cannot be told.</summary>
    public static long FileSystemType(string path)
    {
        const int size = 256;
        var stat = stackalloc byte[size];
        return StatFs(path, stat) == 0 ? *(long*)stat : 0;
    }

    /// <summary>A file or a folder. Invalid when it cannot be opened. Waits for nobody, should it be a pipe.</summary>
    public static SafeFileHandle OpenToRead(string path) => new(Open(path, CloseOnExec | WithoutWaiting, 0), ownsHandle: true);

    public static int SyncFolder(string path)
    {
        using var folder = OpenToRead(path);
        return folder.IsInvalid ? Marshal.GetLastPInvokeError() : Sync(folder, dataOnly: false);
    }

    /// <summary>Opens or makes a file without the runtime's own lock on it. Invalid when it cannot be opened.</summary>
    public static SafeFileHandle OpenUnlocked(string path) => new(Open(path, CloseOnExec | ReadWriteCreate, OwnerOnly), ownsHandle: true);

    /// <summary>Another descriptor of the same open file; null when there are too many.</summary>
    public static SafeFileHandle? Duplicate(SafeFileHandle file) =>
        Fcntl(file, DuplicateCloseOnExec, 0) is var number and >= 0 ? new SafeFileHandle(number, ownsHandle: true) : null;

    private static int Result(int answer) => answer == 0 ? Errno.None : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "preadv2", SetLastError = true)]
    private static partial nint PReadV2(SafeFileHandle file, IoVector* vectors, int count, long offset, int flags);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint PRead(SafeFileHandle file, byte* into, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint PWrite(SafeFileHandle file, byte* from, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long LSeek(SafeFileHandle file, long offset, int from);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int FAllocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    private static partial int FTruncate(SafeFileHandle file, long length);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetXAttr(string path, string name, byte* value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetXAttr(string path, string name, byte* value, nuint size);

    [LibraryImport("libc", EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatFs(string path, byte* into);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte* into);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct IoVector(byte* start, nuint length)
    {
        public readonly byte* Start = start;
        public readonly nuint Length = length;
    }
}
