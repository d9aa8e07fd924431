using VirtualView.Core.FileSystem;
using VirtualView.Core.Overlay;
using VirtualView.Core.Ranges;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>Cuts a range by where its bytes come from.</summary>
internal static class Pieces
{
    /// <summary>In order, without a gap. The range lies inside the file.</summary>
    public static IEnumerable<Piece> Of(LocalFileBase file, ByteRange range)
    {
        var at = range.Offset;
        foreach (var written in file.Written.Intersect(range).Ranges)
        {
            foreach (var piece in Unwritten(file, at, written.Offset)) yield return piece;
            yield return new Piece(written, PieceSource.File);
            at = written.End;
        }

        foreach (var piece in Unwritten(file, at, range.End)) yield return piece;
    }

    /// <summary>What is of the version or was written is data; null when there is no such place before the end.</summary>
    public static long? Seek(LocalFileBase file, long offset, SeekTarget target)
    {
        var data = file.Written.Union(RangeSet.Of(new ByteRange(0, file.ShownBytes))).Intersect(new ByteRange(0, file.SizeBytes));
        foreach (var range in data.Ranges)
        {
            if (range.End <= offset) continue;
            if (target == SeekTarget.Data) return Math.Max(offset, range.Offset);
            return range.Offset > offset ? offset : range.End;
        }

        return target == SeekTarget.Hole ? offset : null;
    }

    private static IEnumerable<Piece> Unwritten(LocalFileBase file, long from, long to)
    {
        var shown = Math.Clamp(file.ShownBytes, from, Math.Max(from, to));
        if (shown > from) yield return new Piece(ByteRange.FromTo(from, shown), PieceSource.Version);
        if (to > shown) yield return new Piece(ByteRange.FromTo(shown, to), PieceSource.Nowhere);
    }
}
