using VirtualView.Core.Overlay;
using VirtualView.Core.Ranges;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>
/// Which parts of a file a kernel may keep in its memory. A program that has them mapped changes them there, and we hear of
/// it only when they are written back: until then a hole among them may hold data, and must not be called one. A page is
/// mapped only after it was read. Any thread may call anything.
/// </summary>
internal sealed class KernelPages
{
    private const int PageBytes = 4096;

    /// <summary>More are one range, with what lies between them: a file is then said to have fewer holes than it has.</summary>
    private const int MostRanges = 64;

    private RangeSet _read = RangeSet.Empty;

    /// <summary>The page that the version ends in may have been read while the file was not local yet.</summary>
    public static KernelPages ReadBelow(LocalFileBase? below)
    {
        var pages = new KernelPages();
        if (below is not null) pages.WereRead(below.Version.SizeBytes, 1);
        return pages;
    }

    public void WereRead(long offset, long length)
    {
        var pages = new ByteRange(offset, Math.Min(length, long.MaxValue - offset)).AlignOut(PageBytes);
        while (true)
        {
            var known = Volatile.Read(ref _read);
            if (known.Contains(pages)) return;
            var all = known.Add(pages);
            if (all.Ranges.Length > MostRanges) all = RangeSet.Of(ByteRange.FromTo(all.Ranges[0].Offset, all.Ranges[^1].End));
            if (Interlocked.CompareExchange(ref _read, all, known) == known) return;
        }
    }

    /// <summary>The first such part at or behind a position; null when there is none.</summary>
    public ByteRange? From(long position)
    {
        foreach (var range in Volatile.Read(ref _read).Ranges)
        {
            if (range.End > position) return ByteRange.FromTo(Math.Max(position, range.Offset), range.End);
        }

        return null;
    }
}
