using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VirtualView.Cache.Bench;

/// <summary>What a program without a cache would call.</summary>
internal static unsafe partial class Native
{
    private const int DontNeed = 4;

    public static void Read(SafeFileHandle file, Span<byte> into, long offset)
    {
        fixed (byte* start = into)
            if (PRead(file, start, (nuint)into.Length, offset) != into.Length) throw new IOException("pread was short");
    }

    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        fixed (byte* start = bytes)
            if (PWrite(file, start, (nuint)bytes.Length, offset) != bytes.Length) throw new IOException("pwrite was short");
    }

    public static void Sync(SafeFileHandle file) => _ = FSync(file);

    /// <summary>Takes the file out of the page cache: what is read next comes from the disk.</summary>
    public static void Forget(SafeFileHandle file)
    {
        Sync(file);
        _ = FAdvise(file, 0, 0, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint PRead(SafeFileHandle file, byte* into, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static partial nint PWrite(SafeFileHandle file, byte* from, nuint length, long offset);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "posix_fadvise", SetLastError = true)]
    private static partial int FAdvise(SafeFileHandle file, long offset, long length, int advice);
}
