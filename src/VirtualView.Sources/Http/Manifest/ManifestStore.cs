using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http.Listing;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>Fetches manifests, and fetches them again only when the server says that they have changed.</summary>
internal sealed class ManifestStore(HttpConnections connections, HttpAddress address, HttpValidators validators, long maxBytes, TimeProvider clock)
{
    public const string FileName = "virtualview-manifest.json";

    // One a directory, where they cover directories. Beyond that it starts anew.
    private const int MostKept = 1024;

    private readonly ConcurrentDictionary<VirtualPath, ManifestFetch> _kept = new();

    /// <summary>As it was last fetched.</summary>
    public ManifestFetch? Known(VirtualPath directory) => _kept.GetValueOrDefault(directory);

    /// <summary>
    /// As it is now. What is no manifest at all is <see cref="SourceErrorKind.Unsupported"/>; what is meant to be one and
    /// is wrong, <see cref="SourceErrorKind.Invalid"/>.
    /// </summary>
    public async ValueTask<SourceOutcome<ManifestFetch>> FetchAsync(VirtualPath directory, CancellationToken cancel)
    {
        var place = address.OfFile(directory / PathName.Of(FileName));
        var known = Known(directory);
        var trail = new RedirectTrail(HttpMethod.Get, place);
        var sent = await connections.SendAsync(trail, request => AskIfChanged(request, known), cancel).ConfigureAwait(false);
        // Some servers send whoever asks for what is not there somewhere else, such as to a page for logging in.
        if (!sent.IsOk) return trail.IsRedirected ? NoManifest(place) : sent.Error;
        using var answer = sent.Value;
        if (answer.Response.StatusCode == HttpStatusCode.NotModified && known is not null)
            return known with { ListedAt = validators.NowAt(answer.Response) };
        if (answer.Turn != SlashTurn.None) return NoManifest(place);
        if (answer.Response.StatusCode != HttpStatusCode.OK)
        {
            var error = HttpErrors.FromStatus(answer.Response, $"GET {place}", clock);
            return error.Kind == SourceErrorKind.Invalid ? NoManifest(place) : error;
        }

        var fetched = await ReadAsync(answer.Response, place, cancel).ConfigureAwait(false);
        if (!fetched.IsOk) return fetched;
        if (_kept.Count >= MostKept) _kept.Clear();
        return _kept[directory] = fetched.Value;
    }

    private static void AskIfChanged(HttpRequestMessage request, ManifestFetch? known)
    {
        if (known?.Tag is { } tag) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        else if (known?.ModifiedAt is { } time) request.Headers.IfModifiedSince = time;
    }

    private async ValueTask<SourceOutcome<ManifestFetch>> ReadAsync(HttpResponseMessage answer, Uri place, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentEncoding.Count > 0) return NoManifest(place);
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            var pipe = PipeReader.Create(new BoundedStream(body, maxBytes, cancel), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
            if (!await BeginsAsManifestAsync(pipe, cancel).ConfigureAwait(false))
            {
                await pipe.CompleteAsync().ConfigureAwait(false);
                return NoManifest(place);
            }

            var document = await JsonSerializer.DeserializeAsync(pipe, ManifestJson.Default.ManifestDocument, cancel).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
            var (tree, problem) = ManifestTree.Build(document!);
            return tree is null ? Invalid(place, problem!) : Fetched(answer, tree);
        }
        catch (JsonException exception)
        {
            return Invalid(place, $"it is no proper JSON of a manifest, or ends early: {exception.Message}");
        }
        catch (ListingTooLongException)
        {
            return Invalid(place, $"it is longer than MaxListingBytes ({maxBytes})");
        }
        catch (Exception exception) when (HttpErrors.FromException(exception, $"GET {place}") is { } error)
        {
            cancel.ThrowIfCancellationRequested();
            return error;
        }
    }

    private ManifestFetch Fetched(HttpResponseMessage answer, ManifestTree tree)
    {
        var now = validators.NowAt(answer);
        // Young: it may be rewritten within the step of the server's clock, and "not modified" would hide that.
        var modifiedAt = answer.Content.Headers.LastModified;
        var isSettled = modifiedAt is null || RacyWindow.StrengthOf(UnixTime.From(modifiedAt.Value), now) != ValidatorStrength.Racy;
        return isSettled
            ? new ManifestFetch(tree, now, HttpValidators.TagOf(answer.Headers), modifiedAt)
            : new ManifestFetch(tree, now, null, null);
    }

    // Its first member is the version: a file of another kind in its place is told from a broken manifest by that.
    private static async ValueTask<bool> BeginsAsManifestAsync(PipeReader pipe, CancellationToken cancel)
    {
        var read = await pipe.ReadAtLeastAsync(256, cancel).ConfigureAwait(false);
        var head = new byte[(int)Math.Min(256, read.Buffer.Length)];
        var at = 0;
        foreach (var part in read.Buffer.Slice(0, head.Length))
        {
            part.Span.CopyTo(head.AsSpan(at));
            at += part.Length;
        }

        pipe.AdvanceTo(read.Buffer.Start);
        var text = string.Concat(Encoding.Latin1.GetString(head).Where(character => !char.IsWhiteSpace(character)));
        return text.StartsWith($"{{\"{ManifestDocument.Marker}\":", StringComparison.Ordinal);
    }

    private static SourceError NoManifest(Uri place) =>
        new(SourceErrorKind.Unsupported, $"GET {place}: there is no manifest; write one (docs/sources.md), or set Listing to Auto");

    private static SourceError Invalid(Uri place, string reason) => new(SourceErrorKind.Invalid, $"GET {place}: the manifest is wrong: {reason}");
}
