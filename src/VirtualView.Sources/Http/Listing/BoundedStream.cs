namespace VirtualView.Sources.Http.Listing;

/// <summary>Reads at most so many bytes: no server can fill our memory.</summary>
/// <param name="stop">Ends every read, for readers that hand no token on.</param>
internal sealed class BoundedStream(Stream inner, long maxBytes, CancellationToken stop) : Stream
{
    private long _remaining = maxBytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var filled = await inner.ReadAsync(buffer, cancellationToken.CanBeCanceled ? cancellationToken : stop).ConfigureAwait(false);
        _remaining -= filled;
        return _remaining >= 0 ? filled : throw new ListingTooLongException();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
