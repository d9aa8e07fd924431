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

    private long StoredHole(long offset) =>
        below is not null ? Pieces.Seek(below, offset, SeekTarget.Hole) ?? sizeBytes : file?.NextHole(offset) ?? offset;

    private long? StoredData(long offset) => below is not null ? Pieces.Seek(below, offset, SeekTarget.Data) : file?.NextData(offset);
}
