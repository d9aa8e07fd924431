using System.Net;
using System.Net.Http.Headers;
using System.Xml;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http.Listing.Dav;

/// <summary>A server that answers PROPFIND (RFC 4918): names, kinds, sizes, times and tags in one request a directory.</summary>
internal sealed class DavCatalog(
    HttpConnections connections, HttpAddress address, HttpFiles files, HttpValidators validators, long maxBytes, TimeProvider clock) : IHttpCatalog
{
    private static readonly HttpMethod Propfind = new("PROPFIND");

    private static readonly byte[] QuestionOfWriters =
        """<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/><lineage xmlns="urn:virtualview"/></prop></propfind>"""u8.ToArray();

    // Named, because servers write more than anyone needs when asked for everything, and some of that is no legal XML.
    private static readonly byte[] Question =
        """<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/><getetag/></prop></propfind>"""u8.ToArray();

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        var place = address.OfDirectory(directory);
        var asked = await AskAsync(place, depth: 1, Question, cancel).ConfigureAwait(false);
        if (asked.IsOk && asked.Value.Turn == SlashTurn.None)
        {
            return asked.Value.Self switch
            {
                null => Invalid(place, "the answer does not tell of the directory itself; a proxy may have changed the addresses"),
                { IsCollection: false } => WrongKind.NotDirectory(directory),
                _ => asked.Value.Entries,
            };
        }

        if (asked is { IsOk: true, Value.Turn: SlashTurn.ToFile }) return WrongKind.NotDirectory(directory);
        if (!directory.IsRoot && asked.Error?.Kind is SourceErrorKind.NotFound or SourceErrorKind.Unsupported or SourceErrorKind.Invalid or SourceErrorKind.Unreachable)
        {
            // Servers differ in what they say of a file asked for as a directory.
            var stat = await StatAsync(directory, cancel).ConfigureAwait(false);
            if (stat is { IsOk: true, Value.Kind: EntryKind.File }) return WrongKind.NotDirectory(directory);
            if (!stat.IsOk && stat.Error.Kind == SourceErrorKind.NotFound) return stat.Error;
        }

        return asked.Error ?? Invalid(place, "the server redirects a directory to the address that it has");
    }

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel)
    {
        var place = path.IsRoot ? address.OfDirectory(path) : address.OfFile(path);
        var asked = await AskAsync(place, depth: 0, Question, cancel).ConfigureAwait(false);
        // Apache says 400 of what would lie below a file.
        if (asked is { IsOk: false, Error.Kind: SourceErrorKind.Invalid }) return await files.StatAsync(path, cancel).ConfigureAwait(false);
        if (!asked.IsOk) return asked.Error;
        if (asked.Value.Turn == SlashTurn.ToDirectory) return new SourceEntry(path.Name, EntryKind.Directory);
        if (asked.Value.Self is not { } self) return Invalid(place, "the answer is about something else");
        if (self.IsCollection) return new SourceEntry(path.Name, EntryKind.Directory);
        return self.Validator is null
            ? await files.StatAsync(path, cancel).ConfigureAwait(false)
            : new SourceEntry(path.Name, EntryKind.File, self.Validator);
    }

    public ValueTask<SourceOutcome<HttpExpectation>> ExpectAsync(VirtualPath path, Validator version, CancellationToken cancel) =>
        new(new HttpExpectation(version, version.Tag, validators));

    /// <summary>What a writer must know of an entry; null when nothing is there.</summary>
    public async ValueTask<SourceOutcome<DavProperties?>> LookAsync(VirtualPath path, CancellationToken cancel)
    {
        var place = path.IsRoot ? address.OfDirectory(path) : address.OfFile(path);
        var asked = await AskAsync(place, depth: 0, QuestionOfWriters, cancel).ConfigureAwait(false);
        if (!asked.IsOk) return asked.Error.Kind == SourceErrorKind.NotFound ? (DavProperties?)null : asked.Error;
        if (asked.Value.Turn == SlashTurn.ToDirectory) return new DavProperties(IsCollection: true, null, null);
        return asked.Value.Self is { } self ? self : Invalid(place, "the answer is about something else");
    }

    /// <summary>All that is in a directory, uploads on their way among it.</summary>
    public ValueTask<SourceOutcome<DavAnswer>> ListAllAsync(VirtualPath directory, CancellationToken cancel) =>
        AskAsync(address.OfDirectory(directory), depth: 1, Question, cancel);

    private async ValueTask<SourceOutcome<DavAnswer>> AskAsync(Uri place, int depth, byte[] question, CancellationToken cancel)
    {
        var sent = await connections.SendAsync(Propfind, place, request => Prepare(request, depth, question), cancel).ConfigureAwait(false);
        if (!sent.IsOk) return sent.Error;
        using var answer = sent.Value;
        if (answer.Turn != SlashTurn.None) return new DavAnswer(answer.Turn, null, [], []);
        if (answer.Response.StatusCode == HttpStatusCode.OK)
            return new SourceError(SourceErrorKind.Unsupported, $"PROPFIND {place}: the server does not speak WebDAV");
        if (answer.Response.StatusCode != HttpStatusCode.MultiStatus)
            return HttpErrors.FromStatus(answer.Response, $"PROPFIND {place}", clock);
        if (answer.Response.Content.Headers.ContentEncoding.Count > 0)
            return Invalid(place, "the listing is encoded although that was refused");
        try
        {
            var body = await answer.Response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            await using var _ = body.ConfigureAwait(false);
            var reader = new MultiStatusReader(answer.Address, validators, validators.NowAt(answer.Response));
            return await reader.ReadAsync(new BoundedStream(body, maxBytes, cancel)).ConfigureAwait(false);
        }
        catch (XmlException exception)
        {
            return Invalid(place, $"the answer is no proper XML or ends early: {exception.Message}");
        }
        catch (MultiStatusException exception)
        {
            return Invalid(place, exception.Message);
        }
        catch (ListingTooLongException)
        {
            return Invalid(place, $"the listing is longer than MaxListingBytes ({maxBytes})");
        }
        catch (Exception exception) when (HttpErrors.FromException(exception, $"PROPFIND {place}") is { } error)
        {
            cancel.ThrowIfCancellationRequested();
            return error;
        }
    }

    private static void Prepare(HttpRequestMessage request, int depth, byte[] question)
    {
        request.Headers.TryAddWithoutValidation("Depth", depth == 0 ? "0" : "1");
        request.Content = new ByteArrayContent(question);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/xml", "utf-8");
    }

    private static SourceError Invalid(Uri place, string reason) => new(SourceErrorKind.Invalid, $"PROPFIND {place}: {reason}");
}
