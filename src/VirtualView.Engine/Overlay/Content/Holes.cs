using VirtualView.Core.FileSystem;
using VirtualView.Core.Overlay;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>Where the bytes of a local file are, and where nothing is.</summary>
/// <param name="below">The version below and what is written of it, if there is one.</param>
/// <param name="file">What was written, if anything was.</param>
/// <param name="pages">Pages that the kernel may have written to and not told of yet: no holes; null where nobody can.</param>
/// <param name="sizeBytes">Of the file as it shows.</param>
internal readonly struct Holes(LocalFileBase? below, IOverlayFile? file, KernelPages? pages, long sizeBytes)
{
    public long Next(long offset)
    {
        for (var at = offset; at < sizeBytes;)
        {
            var hole = StoredHole(at);
            if (pages?.From(hole) is not { } kept || kept.Offset > hole) return Math.Min(hole, sizeBytes);
            at = kept.End;
        }

        return sizeBytes;
    }

    /// <summary>The size, or more, where there is none.</summary>
    public long NextData(long offset) => Math.Min(StoredData(offset) ?? sizeBytes, pages?.From(offset)?.Offset ?? sizeBytes);

    private long StoredHole(long offset)
    {
        if (below is null) return file?.NextHole(offset) ?? offset;
        var hole = Pieces.Seek(below, offset, SeekTarget.Hole) ?? sizeBytes;
        foreach (var range in below.Written.Ranges)
        {
            if (range.End <= offset) continue;
            if (range.Offset >= hole) break;
            // Behind the end of what the disk has, all is a hole.
            var from = Math.Max(offset, range.Offset);
            var punched = Math.Max(file?.NextHole(from) ?? range.End, from);
            if (punched < range.End) return Math.Min(hole, punched);
        }

        return hole;
    }

    private long? StoredData(long offset)
    {
        if (below is null) return file?.NextData(offset);
        var at = offset;
        foreach (var range in below.Written.Ranges)
        {
            if (range.End <= at) continue;
            if (Pieces.Seek(below, at, SeekTarget.Data) is not { } data || data < range.Offset || file is null) break;
            if (file.NextData(data) is { } stored && stored < range.End) return stored;
            at = range.End;
        }

        return Pieces.Seek(below, at, SeekTarget.Data);
    }
}
