using System.IO.Hashing;
using System.Runtime.InteropServices;
using FASTER.core;
using Microsoft.Win32.SafeHandles;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Index;

/// <summary>FASTER's log as it lies on the disk: pages of records of equal size, in segment files.</summary>
internal sealed class LogPages(StoreLayout layout) : IDisposable
{
    /// <summary>FASTER leaves the first cache line of the log empty.</summary>
    private const int FirstRecordAt = 64;
    private const ulong PreviousAddressMask = (1UL << 48) - 1;

    private readonly byte[] _page = new byte[1 << IndexSize.PageBits];
    private readonly Dictionary<int, SafeFileHandle> _segments = [];

    public int PageBytes => _page.Length;

    public long PageOf(long address) => address >> IndexSize.PageBits;

    /// <summary>
    /// The checksum of what a page holds before an address. Of a record's header only the link counts: FASTER may
    /// write its flags again with the page's later records.
    /// </summary>
    public ulong? Hash(long page, long endAddress)
    {
        var length = (int)Math.Min(PageBytes, endAddress - (page << IndexSize.PageBits));
        if (length <= 0 || Load(page) < length) return null;
        for (var at = FirstIn(page); at + IndexSize.RecordBytes <= length; at += IndexSize.RecordBytes)
        {
            ref var header = ref MemoryMarshal.AsRef<ulong>(_page.AsSpan(at));
            header &= PreviousAddressMask;
        }

        return XxHash3.HashToUInt64(_page.AsSpan(FirstIn(page), Math.Max(0, length - FirstIn(page))));
    }

    /// <summary>
    /// False when there is something before the first record. FASTER would take it for one, and every record after it
    /// for one that begins in the middle of two; no page's checksum covers it.
    /// </summary>
    public bool BeginsEmpty() => !_page.AsSpan(0, Math.Min(Load(0), FirstRecordAt)).ContainsAnyExcept((byte)0);

    /// <summary>Every record that proves itself, and every deletion, from the oldest on; for a log that cannot be given to FASTER.</summary>
    public void Salvage(Action<BlockKey, BlockEntry?> record)
    {
        foreach (var segment in SegmentsOnDisk())
        {
            var first = (long)segment << (layout.LogSegmentBits - IndexSize.PageBits);
            for (var page = first; page < first + (1L << (layout.LogSegmentBits - IndexSize.PageBits)); page++)
            {
                var length = Load(page);
                if (length == 0) break;
                for (var at = FirstIn(page); at + IndexSize.RecordBytes <= length; at += IndexSize.RecordBytes) Read(at, record);
            }
        }
    }

    public void Dispose()
    {
        foreach (var file in _segments.Values) file.Dispose();
    }

    private void Read(int at, Action<BlockKey, BlockEntry?> record)
    {
        var info = MemoryMarshal.Read<RecordInfo>(_page.AsSpan(at));
        var key = MemoryMarshal.Read<BlockKey>(_page.AsSpan(at + 8));
        var entry = MemoryMarshal.Read<BlockEntry>(_page.AsSpan(at + 8 + BlockKey.SizeBytes));
        if (info.Tombstone) record(key, null);
        else if (entry.IsIntact(key)) record(key, entry);
    }

    private static int FirstIn(long page) => page == 0 ? FirstRecordAt : 0;

    private int Load(long page)
    {
        var address = page << IndexSize.PageBits;
        var number = (int)(address >> layout.LogSegmentBits);
        if (!_segments.TryGetValue(number, out var file))
        {
            if (!Obstacles.IsFile(layout.LogSegment(number))) return 0;
            // Shared: FASTER has the file open for writing.
            file = File.OpenHandle(layout.LogSegment(number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            _segments.Add(number, file);
        }

        return RandomAccess.Read(file, _page, address & ((1L << layout.LogSegmentBits) - 1));
    }

    private IEnumerable<int> SegmentsOnDisk()
    {
        var start = Path.GetFileName(layout.Log) + ".";
        return Directory.Exists(layout.Index)
            ? Directory.EnumerateFiles(layout.Index, start + "*")
                .Select(path => int.TryParse(Path.GetFileName(path)[start.Length..], out var number) ? number : -1)
                .Where(number => number >= 0)
                .Order()
            : [];
    }
}
