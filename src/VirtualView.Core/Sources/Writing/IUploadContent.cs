using VirtualView.Core.Outcomes;

namespace VirtualView.Core.Sources.Writing;

/// <summary>The bytes of an upload. The caller owns the buffer; many ranges may be read at the same time.</summary>
public interface IUploadContent
{
    long SizeBytes { get; }

    /// <summary>
    /// Fills all of <paramref name="into"/>, which lies inside the content, or fails: what is missing is nowhere any
    /// more, or its source does not answer. Never zeros in its place.
    /// </summary>
    ValueTask<ReadOutcome> ReadAsync(long offset, Memory<byte> into, CancellationToken cancel);
}
