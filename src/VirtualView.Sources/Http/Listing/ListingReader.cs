using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http.Listing;

/// <summary>Reads the body of a listing, of whichever kind it turns out to be: all of it, or an error.</summary>
internal sealed class ListingReader(string what, HttpValidators validators, ListingKind kind, long maxBytes)
{
    /// <summary>True when the page that was read gives names only.</summary>
    public bool IsHtml { get; private set; }

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentEncoding.Count > 0) return Invalid("the listing is encoded although that was refused");
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            var pipe = PipeReader.Create(new BoundedStream(body, maxBytes, cancel), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
            var outcome = await ReadAsync(pipe, answer, cancel).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
            return outcome;
        }
        catch (JsonException exception)
        {
            return Invalid($"the JSON listing is broken or ends early: {exception.Message}");
        }
        catch (ListingTooLongException)
        {
            return Invalid($"the listing is longer than MaxListingBytes ({maxBytes})");
        }
        catch (Exception exception) when (HttpErrors.FromException(exception, what) is { } error)
        {
            cancel.ThrowIfCancellationRequested();
            return error;
        }
    }

    private async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ReadAsync(PipeReader pipe, HttpResponseMessage answer, CancellationToken cancel)
    {
        var first = await FirstByteAsync(pipe, cancel).ConfigureAwait(false);
        if (first == '[' && kind != ListingKind.Html) return await new JsonIndex(validators.NowAt(answer)).ReadAsync(pipe, cancel).ConfigureAwait(false);
        if (first != '<' || kind == ListingKind.Json) return NoListing(answer);
        IsHtml = true;
        return HtmlIndex.Read(await ReadAllAsync(pipe, cancel).ConfigureAwait(false)) switch
        {
            (HtmlIndexState.Complete, var entries) => entries,
            (HtmlIndexState.EndsEarly, _) => Invalid("the HTML listing ends early"),
            _ => NoListing(answer),
        };
    }

    // Looks, and takes nothing.
    private static async ValueTask<byte?> FirstByteAsync(PipeReader pipe, CancellationToken cancel)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancel).ConfigureAwait(false);
            var reader = new SequenceReader<byte>(read.Buffer);
            reader.AdvancePastAny(" \r\n\t"u8);
            byte? first = reader.TryPeek(out var found) ? found : null;
            pipe.AdvanceTo(reader.Position, first is null ? read.Buffer.End : reader.Position);
            if (first is not null || read.IsCompleted) return first;
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(PipeReader pipe, CancellationToken cancel)
    {
        var all = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await pipe.ReadAsync(cancel).ConfigureAwait(false);
            foreach (var part in read.Buffer)
                all.Write(part.Span);
            pipe.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return all.WrittenMemory;
        }
    }

    private SourceError NoListing(HttpResponseMessage answer) =>
        new(
            SourceErrorKind.Unsupported,
            $"{what}: the server answered {answer.Content.Headers.ContentType?.MediaType ?? "something"} that is no "
            + $"{(kind == ListingKind.Auto ? "" : kind + " ")}directory listing; nginx needs 'autoindex on; autoindex_format json;' "
            + "and no index file, Apache 'Options +Indexes', or put a virtualview-manifest.json beside the data");

    private SourceError Invalid(string reason) => new(SourceErrorKind.Invalid, $"{what}: {reason}");
}
