using System.Net;
using System.Net.Http.Headers;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>One GET of a range: its conditions, the proof that the answer belongs to the version, and its bytes.</summary>
internal sealed class HttpRangeRead(string what, ByteRange range, Validator expected, HttpValidators validators)
{
    public void Prepare(HttpRequestMessage request)
    {
        request.Headers.Range = new RangeHeaderValue(range.Offset, range.End - 1);
        // Not both: RFC 9110 lets If-Match win anyway. Not If-Range: it would send the whole new file.
        if (expected.Tag is { } tag && EntityTag.HasStrongForm(tag))
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        else if (expected.ModifiedAt is { } modifiedAt)
            request.Headers.IfUnmodifiedSince = modifiedAt.ToDateTimeOffset();
    }

    /// <summary>The validator of the answer, if it proves that the body is the range of the expected version.</summary>
    public SourceOutcome<Validator> Prove(HttpResponseMessage answer)
    {
        var content = answer.Content.Headers;
        if (content.ContentEncoding.Count > 0)
            return Invalid($"the body is encoded ({content.ContentEncoding}) although that was refused");

        var isPartial = answer.StatusCode == HttpStatusCode.PartialContent;
        if ((isPartial ? content.ContentRange?.Length : content.ContentLength) is not { } sizeBytes)
            return Invalid(isPartial ? "a part without its place (Content-Range) in the file" : "the whole file without its length");
        if (validators.From(answer, sizeBytes) is not { } answered)
            return new SourceError(SourceErrorKind.Unsupported, $"{what}: the server gives neither ETag nor Last-Modified, so versions cannot be told apart");
        if (VersionProof.FindObjection(expected, answered, what) is { } objection) return objection;

        if (!isPartial)
        {
            return range.Offset == 0 && range.Length == sizeBytes
                ? answered
                : new SourceError(SourceErrorKind.Unsupported, $"{what}: the server sends the whole file when asked for a range");
        }

        if (content.ContentRange is not { Unit: "bytes", From: { } from, To: { } to } || from != range.Offset || to != range.End - 1)
            return Invalid($"asked for {range}, answered {content.ContentRange}");
        return content.ContentLength is { } length && length != range.Length
            ? Invalid($"{length} bytes promised for {range}")
            : answered;
    }

    public async ValueTask<SourceError?> CopyAsync(HttpResponseMessage answer, IRangeSink sink, CancellationToken cancel)
    {
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            await using var _ = body.ConfigureAwait(false);
            for (var remaining = range.Length; remaining > 0;)
            {
                var into = sink.Next;
                if (into.Length > remaining) into = into[..(int)remaining];
                var filled = await body.ReadAsync(into, cancel).ConfigureAwait(false);
                if (filled == 0) return new SourceError(SourceErrorKind.Unreachable, $"{what}: the body ended {remaining} bytes early");
                sink.Advance(filled);
                remaining -= filled;
            }

            // Where no length was promised, only the end of the stream shows that nothing follows.
            return await body.ReadAsync(new byte[1], cancel).ConfigureAwait(false) == 0 ? null : Invalid("the body is longer than the range");
        }
        catch (Exception exception) when (HttpErrors.FromException(exception, what) is { } error)
        {
            cancel.ThrowIfCancellationRequested();
            return error;
        }
    }

    private SourceError Invalid(string reason) => new(SourceErrorKind.Invalid, $"{what}: {reason}");
}
