using System.Numerics;

namespace VirtualView.Cache.Index;

/// <summary>How large FASTER's parts are for a number of blocks. The log's pages are taken only when they fill.</summary>
internal readonly record struct IndexSize(long Buckets, int MemoryBits)
{
    /// <summary>Header, key and entry.</summary>
    public const int RecordBytes = 8 + BlockKey.SizeBytes + BlockEntry.SizeBytes;

    /// <summary>64 KiB. Records do not cross pages, so it never changes: a store may be opened with another capacity.</summary>
    public const int PageBits = 16;

    private const int SmallestMemoryBits = 20;
    private const int LargestMemoryBits = 34;

    /// <summary>4,096 buckets of 64 bytes. The table grows with what is cached: a large capacity costs nothing while it is empty.</summary>
    public const long FirstBuckets = 1 << 12;

    /// <summary>A bucket has 7 entries, and a few must be free for most chains to fit.</summary>
    public const long BlocksPerBucket = 4;

    /// <summary>
    /// Live records take 48 bytes a block, and the log is compacted at twice that: with 128 bytes a block it always
    /// fits, so that no lookup needs the disk.
    /// </summary>
    public static IndexSize For(long capacityBytes, int blockSizeBytes)
    {
        var blocks = (capacityBytes / blockSizeBytes) + 1;
        var memoryBits = Math.Clamp(BitsFor(blocks * 128), SmallestMemoryBits, LargestMemoryBits);
        return new IndexSize(FirstBuckets, memoryBits);
    }

    private static int BitsFor(long value) => value <= 1 ? 0 : 64 - BitOperations.LeadingZeroCount((ulong)(value - 1));
}
