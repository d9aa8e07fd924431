using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http.Listing.Dav;
using VirtualView.Sources.Http.Manifest;

namespace VirtualView.Sources.Http.Listing;

/// <summary>
/// Finds out which way of listing a server has, and keeps to it. A manifest was written on purpose, so it goes first.
/// WebDAV goes before an HTML page, because it tells sizes and times as well. What does not answer decides nothing.
/// </summary>
internal sealed class DetectingCatalog(string source, HttpAddress address, ManifestCatalog manifest, PageCatalog page, DavCatalog dav, ILogger log) : IHttpCatalog
{
    // Set once each; two callers at the same time find out the same.
    private volatile bool _hasNoManifest;
    private volatile IHttpCatalog? _decided;

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        if (await LookForManifestAsync(cancel).ConfigureAwait(false) is { } error) return Named(error, address.OfDirectory(directory));
        if (_decided is { } known) return await known.ListAsync(directory, cancel).ConfigureAwait(false);
        var (listing, isHtml) = await page.ReadAsync(directory, cancel).ConfigureAwait(false);
        if (listing.IsOk && !isHtml) Decide(page, "JSON");
        if (listing.IsOk ? !isHtml : !MayBeDav(listing.Error.Kind)) return listing;

        var byDav = await dav.ListAsync(directory, cancel).ConfigureAwait(false);
        if (byDav.IsOk) Decide(dav, "WebDAV");
        else if (listing.IsOk && IsFinal(byDav.Error.Kind)) Decide(page, "an HTML index");
        if (byDav.IsOk || listing.IsOk) return byDav.IsOk ? byDav : listing;
        return listing.Error with { Message = $"{listing.Error.Message} (nor by a manifest or WebDAV: {byDav.Error.Message})" };
    }

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel)
    {
        if (await LookForManifestAsync(cancel).ConfigureAwait(false) is { } error) return Named(error, path.IsRoot ? address.OfDirectory(path) : address.OfFile(path));
        if (_decided is { } known) return await known.StatAsync(path, cancel).ConfigureAwait(false);
        var stat = await page.StatAsync(path, cancel).ConfigureAwait(false);
        if (stat.IsOk || !MayBeDav(stat.Error.Kind)) return stat;
        // A server may refuse to show a directory as a page, and still answer PROPFIND.
        var byDav = await dav.StatAsync(path, cancel).ConfigureAwait(false);
        return byDav.IsOk ? byDav : stat;
    }

    // A view that is known from before is read before it is listed: the tag tells who described the version.
    public ValueTask<SourceOutcome<HttpExpectation>> ExpectAsync(VirtualPath path, Validator version, CancellationToken cancel) =>
        (_decided ?? (ManifestTag.IsOne(version.Tag) ? (IHttpCatalog)manifest : page)).ExpectAsync(path, version, cancel);

    private async ValueTask<SourceError?> LookForManifestAsync(CancellationToken cancel)
    {
        if (_hasNoManifest || _decided is not null) return null;
        var there = await manifest.IsThereAsync(cancel).ConfigureAwait(false);
        if (!there.IsOk) return there.Error;
        if (there.Value) Decide(manifest, ManifestStore.FileName);
        else _hasNoManifest = true;
        return null;
    }

    private void Decide(IHttpCatalog catalog, string kind)
    {
        if (_decided is null) log.ListsBy(source, kind);
        _decided = catalog;
    }

    // A wrong manifest is the thing itself; in all other cases it was only the first that was asked for.
    private static SourceError Named(SourceError error, Uri wanted) => error.Kind == SourceErrorKind.Invalid
        ? error
        : error with { Message = $"{wanted}: how it is listed could not be found out ({error.Message})" };

    // Of the page: nothing that says that the directory is not there, or that the server is not.
    private static bool MayBeDav(SourceErrorKind kind) => kind is SourceErrorKind.Unsupported or SourceErrorKind.Denied;

    // Of PROPFIND: it will not be answered otherwise the next time.
    private static bool IsFinal(SourceErrorKind kind) =>
        kind is SourceErrorKind.Unsupported or SourceErrorKind.Denied or SourceErrorKind.Invalid or SourceErrorKind.NotFound;
}
