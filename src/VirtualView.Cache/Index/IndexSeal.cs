using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;
using VirtualView.Core.Crashes;

namespace VirtualView.Cache.Index;

/// <summary>
/// Checksums of all files of a checkpoint. FASTER follows addresses in its files without a check: a damaged one would
/// end the process or hang it, so nothing reaches it that its seal does not prove.
/// </summary>
/// <param name="Number">Counts the checkpoints of a store.</param>
/// <param name="Checkpoint">What is sealed.</param>
/// <param name="TableHash">Of the hash table's files.</param>
/// <param name="LogHash">Of the log checkpoint's files.</param>
/// <param name="PageHashes">Of the log's pages from the one that holds the begin address.</param>
internal sealed record IndexSeal(long Number, IndexCheckpoint Checkpoint, ulong TableHash, ulong LogHash, ulong[] PageHashes)
{
    private const ulong Magic = 0x31_4C_41_45_53_56_56; // "VVSEAL1"
    private const int HeadBytes = 8 + 8 + 16 + 16 + 8 + 8 + 8 + 8;

    public static string PathOf(StoreLayout layout, long number) =>
        Path.Combine(layout.Seals, number.ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>Where a seal is written before it takes its name.</summary>
    public static string UnnamedPathOf(StoreLayout layout, long number) => PathOf(layout, number) + ".new";

    /// <summary>The numbers of the seals in the folder, the newest first.</summary>
    public static IReadOnlyList<long> List(StoreLayout layout) =>
        !Directory.Exists(layout.Seals) ? [] :
        [
            .. Directory.EnumerateFiles(layout.Seals)
                .Select(path => long.TryParse(Path.GetFileName(path), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? number : -1)
                .Where(number => number >= 0 && Obstacles.IsFile(PathOf(layout, number)))
                .OrderDescending(),
        ];

    /// <exception cref="IOException">The disk refuses, or has not said that the seal is there for certain.</exception>
    public void Write(StoreLayout layout, IDisk disk)
    {
        var bytes = new byte[HeadBytes + (PageHashes.Length * 8) + 8];
        var head = new Fields(Magic, Number, Checkpoint.Log, Checkpoint.Table, Checkpoint.BeginAddress, Checkpoint.EndAddress, TableHash, LogHash);
        MemoryMarshal.Write(bytes, head);
        MemoryMarshal.AsBytes<ulong>(PageHashes).CopyTo(bytes.AsSpan(HeadBytes));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8), XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - 8)));

        using (var file = new FileStream(UnnamedPathOf(layout, Number), FileMode.Create, FileAccess.Write))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        CrashPoint.Reached(CrashPoints.CacheSealUnnamed);
        File.Move(UnnamedPathOf(layout, Number), PathOf(layout, Number), overwrite: true);
        CrashPoint.Reached(CrashPoints.CacheSealNamed);
        // Before the older ones go: after a power cut there must be one of them.
        if (disk.SyncFolder(layout.Seals) is not Errno.None and var error)
            throw new IOException($"the names in {layout.Seals} did not reach the disk (error {error})", error);
    }

    /// <summary>Null when the seal itself is damaged.</summary>
    public static IndexSeal? Read(StoreLayout layout, long number)
    {
        var bytes = File.ReadAllBytes(PathOf(layout, number));
        if (bytes.Length < HeadBytes + 8 || bytes.Length % 8 != 0) return null;
        var written = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8));
        if (written != XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - 8))) return null;
        var head = MemoryMarshal.Read<Fields>(bytes);
        if (head.Magic != Magic || head.Number != number) return null;
        var pages = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan(HeadBytes, bytes.Length - HeadBytes - 8)).ToArray();
        return new IndexSeal(number, new IndexCheckpoint(head.Log, head.Table, head.Begin, head.End), head.TableHash, head.LogHash, pages);
    }

    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private readonly record struct Fields(
        ulong Magic, long Number, Guid Log, Guid Table, long Begin, long End, ulong TableHash, ulong LogHash);
}
