using System.Net;
using System.Net.Http.Headers;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http;

/// <summary>What one entry is, by HEAD; by a GET of its first byte where the server does not answer HEAD or not in full.</summary>
internal sealed class HttpHeads(HttpConnections connections, HttpAddress address, RangeSupport ranges, TimeProvider clock)
{
    private volatile bool _isRefused;

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, IAnswerValidators validators, CancellationToken cancel)
    {
        if (_isRefused) return await ByFirstByteAsync(path, validators, cancel).ConfigureAwait(false);
        var place = path.IsRoot ? address.OfDirectory(path) : address.OfFile(path);
        var sent = await connections.SendAsync(HttpMethod.Head, place, null, cancel).ConfigureAwait(false);
        if (!sent.IsOk) return sent.Error;
        using var answer = sent.Value;
        var response = answer.Response;
        if (answer.Turn == SlashTurn.ToDirectory) return new SourceEntry(path.Name, EntryKind.Directory);
        if (response.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            _isRefused = true;
            return await ByFirstByteAsync(path, validators, cancel).ConfigureAwait(false);
        }

        if (response.StatusCode != HttpStatusCode.OK) return HttpErrors.FromStatus(response, $"HEAD {place}", clock);
        if (path.IsRoot) return new SourceEntry(path.Name, EntryKind.Directory);
        if (response.Headers.AcceptRanges.Contains("bytes")) ranges.Are(true);
        // Made on the fly, so that only the answer to a range tells its size.
        if (response.Content.Headers.ContentLength is null) return await ByFirstByteAsync(path, validators, cancel).ConfigureAwait(false);
        return EntryOf(path, response, response.Content.Headers.ContentLength, validators, $"HEAD {place}");
    }

    /// <summary>Asks once, of any file, whether the server gives ranges at all, so that this is known before they are needed.</summary>
    public async ValueTask ProbeRangesAsync(VirtualPath file, CancellationToken cancel)
    {
        if (!ranges.MayAsk()) return;
        var sent = await connections.SendAsync(HttpMethod.Get, address.OfFile(file), AskForFirstByte, cancel).ConfigureAwait(false);
        if (!sent.IsOk) return;
        using var answer = sent.Value;
        if (answer.Turn != SlashTurn.None) return;
        if (answer.Response.StatusCode == HttpStatusCode.PartialContent) ranges.Are(true);
        // One byte is the whole of a file of one byte.
        else if (answer.Response.StatusCode == HttpStatusCode.OK && answer.Response.Content.Headers.ContentLength is null or > 1) ranges.Are(false);
    }

    private async ValueTask<SourceOutcome<SourceEntry>> ByFirstByteAsync(VirtualPath path, IAnswerValidators validators, CancellationToken cancel)
    {
        var place = path.IsRoot ? address.OfDirectory(path) : address.OfFile(path);
        var what = $"GET {place}";
        var sent = await connections.SendAsync(HttpMethod.Get, place, AskForFirstByte, cancel).ConfigureAwait(false);
        if (!sent.IsOk) return sent.Error;
        using var answer = sent.Value;
        var response = answer.Response;
        if (answer.Turn == SlashTurn.ToDirectory) return new SourceEntry(path.Name, EntryKind.Directory);
        var content = response.Content.Headers;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK or HttpStatusCode.PartialContent when path.IsRoot:
                return new SourceEntry(path.Name, EntryKind.Directory);
            case HttpStatusCode.PartialContent:
                ranges.Are(true);
                return EntryOf(path, response, content.ContentRange?.Length, validators, what);
            case HttpStatusCode.OK:
                if (content.ContentLength is null or > 1) ranges.Are(false);
                return EntryOf(path, response, content.ContentLength, validators, what);
            case HttpStatusCode.RequestedRangeNotSatisfiable when content.ContentRange?.Length == 0:
                return await EmptyFileAsync(path, place, validators, cancel).ConfigureAwait(false);
            default:
                return HttpErrors.FromStatus(response, what, clock);
        }
    }

    // An empty file has no first byte, and the refusal carries no validator.
    private async ValueTask<SourceOutcome<SourceEntry>> EmptyFileAsync(VirtualPath path, Uri place, IAnswerValidators validators, CancellationToken cancel)
    {
        var sent = await connections.SendAsync(HttpMethod.Get, place, null, cancel).ConfigureAwait(false);
        if (!sent.IsOk) return sent.Error;
        using var answer = sent.Value;
        return answer.Response.StatusCode == HttpStatusCode.OK
            ? EntryOf(path, answer.Response, answer.Response.Content.Headers.ContentLength, validators, $"GET {place}")
            : HttpErrors.FromStatus(answer.Response, $"GET {place}", clock);
    }

    private static void AskForFirstByte(HttpRequestMessage request) => request.Headers.Range = new RangeHeaderValue(0, 0);

    private static SourceOutcome<SourceEntry> EntryOf(
        VirtualPath path, HttpResponseMessage answer, long? size, IAnswerValidators validators, string what)
    {
        if (answer.Headers.AcceptRanges.Contains("none"))
            return new SourceError(SourceErrorKind.Unsupported, $"{what}: the server does not give parts of a file (Accept-Ranges: none)");
        if (answer.Content.Headers.ContentEncoding.Count > 0)
            return new SourceError(SourceErrorKind.Invalid, $"{what}: the body is encoded although that was refused; turn compression off for this folder at the server");
        if (size is not { } sizeBytes)
            return new SourceError(SourceErrorKind.Unsupported, $"{what}: the server does not tell the size of the file (Content-Length)");
        if (validators.From(answer, sizeBytes) is not { } validator)
            return new SourceError(SourceErrorKind.Unsupported, $"{what}: the server gives neither ETag nor Last-Modified, so versions cannot be told apart");
        return new SourceEntry(path.Name, EntryKind.File, validator);
    }
}
