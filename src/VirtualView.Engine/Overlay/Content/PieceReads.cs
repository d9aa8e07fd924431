using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Ranges;
using VirtualView.Engine.Fetching;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>Reads pieces of local files from where they are.</summary>
internal sealed class PieceReads(BlockReader blocks)
{
    public async ValueTask<FileSystemError> FillAsync(
        Piece piece, Memory<byte> part, PinnedVersion version, IOverlayFile? file, ByteRange ahead, CancellationToken cancel)
    {
        switch (piece.From)
        {
            case PieceSource.Version:
                return await blocks.ReadAsync(version, piece.Range.Offset, part, ahead, cancel);
            case PieceSource.File when file is not null:
                var read = file.Read(piece.Range.Offset, part.Span);
                if (!read.IsOk) return read.Error;
                part.Span[read.Bytes..].Clear();
                return FileSystemError.None;
            default:
                part.Span.Clear();
                return FileSystemError.None;
        }
    }

    /// <summary>Whether a range that was written is what the version has there.</summary>
    public async ValueTask<Outcome<bool>> AreSameAsync(ByteRange written, PinnedVersion version, IOverlayFile file, CancellationToken cancel)
    {
        var (below, here) = (new byte[written.Length], new byte[written.Length]);
        var error = await blocks.ReadAsync(version, written.Offset, below, default, cancel);
        if (error != FileSystemError.None) return error;
        var read = file.Read(written.Offset, here);
        return read.IsOk ? below.AsSpan().SequenceEqual(here) : read.Error;
    }
}
