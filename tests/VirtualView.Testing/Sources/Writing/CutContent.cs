using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources.Writing;

namespace VirtualView.Testing.Sources.Writing;

/// <summary>Content whose reader loses the connection in the middle.</summary>
internal sealed class CutContent(IUploadContent inner, long afterBytes) : IUploadContent
{
    public long SizeBytes => inner.SizeBytes;

    public ValueTask<ReadOutcome> ReadAsync(long offset, Memory<byte> into, CancellationToken cancel) =>
        offset + into.Length > afterBytes ? new(ReadOutcome.Stale) : inner.ReadAsync(offset, into, cancel);
}
