using System.Buffers;
using System.Net;
using VirtualView.Core.Sources.Writing;

namespace VirtualView.Sources.Http.Writing;

/// <summary>The body of a PUT, piece by piece from the content.</summary>
internal sealed class UploadBody(IUploadContent content, CancellationToken stop) : HttpContent
{
    private const int PieceBytes = 256 * 1024;

    protected override bool TryComputeLength(out long length)
    {
        length = content.SizeBytes;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SendAsync(stream, stop);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        SendAsync(stream, cancellationToken);

    private async Task SendAsync(Stream stream, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(PieceBytes, Math.Max(content.SizeBytes, 1)));
        try
        {
            for (long offset = 0; offset < content.SizeBytes;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(buffer.Length, content.SizeBytes - offset));
                var read = await content.ReadAsync(offset, piece, cancel).ConfigureAwait(false);
                if (!read.IsOk || read.Bytes != piece.Length) throw new ContentLostException(offset, read.Error);
                await stream.WriteAsync(piece, cancel).ConfigureAwait(false);
                offset += piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
