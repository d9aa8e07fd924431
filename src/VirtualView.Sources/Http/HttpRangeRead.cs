using System.Net;
using System.Net.Http.Headers;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>One GET of a range: its conditions, the proof that the answer belongs to the version, and where its bytes begin.</summary>
internal sealed class HttpRangeRead(string what, ByteRange range, HttpExpectation expectation)
{
    /// <summary>
    /// So much of a file is read over when a server sends all of it instead of a range. Less would make small files of
    /// such servers unreadable; more would download a large file again for each block.
    /// </summary>
    public const long MostBytesToSkip = 8 << 20;

    private Validator Expected => expectation.Version;

    public void Prepare(HttpRequestMessage request)
    {
        request.Headers.Range = new RangeHeaderValue(range.Offset, range.End - 1);
        // Not both: RFC 9110 lets If-Match win anyway. Not If-Range: it would send the whole new file.
        if (expectation.ConditionTag is { } tag && EntityTag.HasStrongForm(tag))
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        else if (Expected.ModifiedAt is { } modifiedAt)
            request.Headers.IfUnmodifiedSince = modifiedAt.ToDateTimeOffset();
    }

    /// <summary>The validator of the answer, if it proves that the body is of the expected version and holds the range.</summary>
    public SourceOutcome<Validator> Prove(HttpResponseMessage answer)
    {
        var content = answer.Content.Headers;
        if (content.ContentEncoding.Count > 0)
            return Invalid($"the body is encoded ({content.ContentEncoding}) although that was refused; turn compression off for this folder at the server");

        var isPartial = answer.StatusCode == HttpStatusCode.PartialContent;
        if ((isPartial ? content.ContentRange?.Length : content.ContentLength) is not { } sizeBytes)
            return Invalid(isPartial ? "a part without its place (Content-Range) in the file" : "the whole file without its length");
        if (expectation.Validators.From(answer, sizeBytes) is not { } answered)
            return new SourceError(SourceErrorKind.Unsupported, $"{what}: the server gives neither ETag nor Last-Modified, so versions cannot be told apart");
        if (VersionProof.FindObjection(Expected, answered, what) is { } objection) return objection;

        if (!isPartial) return range.Offset <= MostBytesToSkip ? answered : WithoutRanges();
        if (content.ContentRange is not { Unit: "bytes", From: { } from, To: { } to } || from != range.Offset || to != range.End - 1)
            return Invalid($"asked for {range}, answered {content.ContentRange}");
        return content.ContentLength is { } length && length != range.Length
            ? Invalid($"{length} bytes promised for {range}")
            : answered;
    }

    /// <summary>
    /// Puts the bytes into the sink: as they come, or, where there is a <paramref name="look"/>, piece by piece after it
    /// has found nothing wrong.
    /// </summary>
    public async ValueTask<SourceError?> CopyAsync(
        HttpResponseMessage answer, IRangeSink sink, Func<CancellationToken, ValueTask<SourceError?>>? look, CancellationToken cancel)
    {
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            await using var _ = body.ConfigureAwait(false);
            var isPartial = answer.StatusCode == HttpStatusCode.PartialContent;
            if (!isPartial && await SkipAsync(body, range.Offset, cancel).ConfigureAwait(false) is { } tooShort) return tooShort;
            for (long at = 0; at < range.Length;)
            {
                var length = look is null ? range.Length : Math.Min(range.Length - at, HeldBytes.PieceBytes);
                using var held = look is null ? null : new HeldBytes((int)length);
                if (await FillAsync(body, held ?? sink, length, range.Length - at, cancel).ConfigureAwait(false) is { } error) return error;
                if (look is not null && await look(cancel).ConfigureAwait(false) is { } changed) return changed;
                held?.HandTo(sink, cancel);
                at += length;
            }

            // Where no length was promised, only the end of the stream shows that nothing follows.
            return !isPartial || await body.ReadAsync(new byte[1], cancel).ConfigureAwait(false) == 0 ? null : Invalid("the body is longer than the range");
        }
        catch (Exception exception) when (HttpErrors.FromException(exception, what) is { } error)
        {
            cancel.ThrowIfCancellationRequested();
            return error;
        }
    }

    private async ValueTask<SourceError?> FillAsync(Stream body, IRangeSink sink, long bytes, long missing, CancellationToken cancel)
    {
        while (bytes > 0)
        {
            var into = sink.Next;
            if (into.Length > bytes) into = into[..(int)bytes];
            var filled = await body.ReadAsync(into, cancel).ConfigureAwait(false);
            if (filled == 0) return EndedEarly(missing);
            sink.Advance(filled);
            bytes -= filled;
            missing -= filled;
        }

        return null;
    }

    private async ValueTask<SourceError?> SkipAsync(Stream body, long bytes, CancellationToken cancel)
    {
        if (bytes == 0) return null;
        var scratch = new byte[Math.Min(bytes, 64 * 1024)];
        while (bytes > 0)
        {
            var filled = await body.ReadAsync(scratch.AsMemory(0, (int)Math.Min(bytes, scratch.Length)), cancel).ConfigureAwait(false);
            if (filled == 0) return EndedEarly(bytes + range.Length);
            bytes -= filled;
        }

        return null;
    }

    private SourceError WithoutRanges() => new(
        SourceErrorKind.Unsupported,
        $"{what}: the server sends the whole file when asked for a range (server without Range support), so only the first "
        + $"{MostBytesToSkip >> 20} MiB of its files can be read; serve them with nginx, Apache, lighttpd or Caddy");

    private SourceError EndedEarly(long missing) => new(SourceErrorKind.Unreachable, $"{what}: the body ended {missing} bytes early");

    private SourceError Invalid(string reason) => new(SourceErrorKind.Invalid, $"{what}: {reason}");
}
