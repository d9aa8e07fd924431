using System.Net;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http.Listing;

/// <summary>A server that answers the GET of a directory with its listing, in JSON or HTML.</summary>
internal sealed class PageCatalog(
    HttpConnections connections, HttpAddress address, HttpFiles files, HttpValidators validators, HttpSourceOptions options, TimeProvider clock) : IHttpCatalog
{
    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel) =>
        (await ReadAsync(directory, cancel).ConfigureAwait(false)).Listing;

    /// <summary>The listing, and whether it was a page of names only.</summary>
    public async ValueTask<(SourceOutcome<IReadOnlyList<SourceEntry>> Listing, bool IsHtml)> ReadAsync(VirtualPath directory, CancellationToken cancel)
    {
        var place = address.OfDirectory(directory);
        var sent = await connections.SendAsync(HttpMethod.Get, place, AcceptListing, cancel).ConfigureAwait(false);
        if (!sent.IsOk) return (sent.Error, false);
        using var answer = sent.Value;
        if (answer.Turn == SlashTurn.ToFile) return (WrongKind.NotDirectory(directory), false);
        var reader = new ListingReader($"GET {place}", validators, options.Listing, options.MaxListingBytes);
        var listing = answer.Response.StatusCode == HttpStatusCode.OK
            ? await reader.ReadAsync(answer.Response, cancel).ConfigureAwait(false)
            : HttpErrors.FromStatus(answer.Response, $"GET {place}", clock);
        return (await ButOfFileAsync(directory, listing, cancel).ConfigureAwait(false), reader.IsHtml);
    }

    public ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel) => files.StatAsync(path, cancel);

    public ValueTask<SourceOutcome<HttpExpectation>> ExpectAsync(VirtualPath path, Validator version, CancellationToken cancel) =>
        new(new HttpExpectation(version, version.Tag, validators));

    // A file asked for as a directory: nginx says 404 to that, lighttpd 403, or it sends the file.
    private async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ButOfFileAsync(
        VirtualPath directory, SourceOutcome<IReadOnlyList<SourceEntry>> listing, CancellationToken cancel)
    {
        if (directory.IsRoot || listing.Error?.Kind is not (SourceErrorKind.NotFound or SourceErrorKind.Denied or SourceErrorKind.Unsupported)) return listing;
        var stat = await files.StatAsync(directory, cancel).ConfigureAwait(false);
        if (stat is { IsOk: true, Value.Kind: EntryKind.File }) return WrongKind.NotDirectory(directory);
        return stat is { IsOk: false, Error.Kind: SourceErrorKind.NotFound } ? stat.Error : listing;
    }

    private static void AcceptListing(HttpRequestMessage request) =>
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/html;q=0.9, */*;q=0.1");
}
