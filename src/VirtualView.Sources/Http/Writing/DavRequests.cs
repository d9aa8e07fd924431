using System.Net.Http.Headers;
using System.Text;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;
using VirtualView.Sources.Http.Listing.Dav;

namespace VirtualView.Sources.Http.Writing;

/// <summary>The requests that change something at a WebDAV server, one attempt each. Any status is a reply.</summary>
internal sealed class DavRequests(HttpConnections connections, TimeSpan lockTime, TimeProvider clock)
{
    // A server that refuses a large body says so before it is sent.
    private const long LargeBytes = 256 * 1024;

    private static readonly HttpMethod Move = new("MOVE");
    private static readonly HttpMethod MakeCollection = new("MKCOL");
    private static readonly HttpMethod Lock = new("LOCK");
    private static readonly HttpMethod Unlock = new("UNLOCK");
    private static readonly HttpMethod PatchProperties = new("PROPPATCH");

    private const string LockRequest =
        """<?xml version="1.0" encoding="utf-8"?><lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope><locktype><write/></locktype><owner>virtualview</owner></lockinfo>""";

    /// <param name="modifiedAt">nginx takes the time from Date, ownCloud and Nextcloud from X-OC-Mtime; others ignore both.</param>
    /// <param name="prepare">Adds conditions.</param>
    public ValueTask<WriteOutcome<DavReply>> PutAsync(
        Uri place, IUploadContent content, UnixTime modifiedAt, Action<HttpRequestMessage>? prepare, CancellationToken cancel) =>
        SendAsync(HttpMethod.Put, place, request =>
        {
            request.Content = new UploadBody(content, cancel);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Headers.ExpectContinue = content.SizeBytes > LargeBytes;
            request.Headers.Date = modifiedAt.ToDateTimeOffset();
            request.Headers.TryAddWithoutValidation("X-OC-Mtime", $"{modifiedAt.Seconds}");
            prepare?.Invoke(request);
        }, cancel);

    /// <param name="condition">An <c>If</c> header, or null.</param>
    public ValueTask<WriteOutcome<DavReply>> MoveAsync(Uri from, Uri to, bool replaces, string? condition, CancellationToken cancel) =>
        SendAsync(Move, from, request =>
        {
            request.Headers.TryAddWithoutValidation("Destination", to.AbsoluteUri);
            request.Headers.TryAddWithoutValidation("Overwrite", replaces ? "T" : "F");
            Require(request, condition);
        }, cancel);

    public ValueTask<WriteOutcome<DavReply>> DeleteAsync(Uri place, string? condition, CancellationToken cancel) =>
        SendAsync(HttpMethod.Delete, place, request => Require(request, condition), cancel);

    public ValueTask<WriteOutcome<DavReply>> MakeCollectionAsync(Uri place, CancellationToken cancel) =>
        SendAsync(MakeCollection, place, static _ => { }, cancel);

    public ValueTask<WriteOutcome<DavReply>> LockAsync(Uri place, CancellationToken cancel) =>
        SendAsync(Lock, place, request =>
        {
            request.Headers.TryAddWithoutValidation("Depth", "0");
            request.Headers.TryAddWithoutValidation("Timeout", $"Second-{(long)lockTime.TotalSeconds}");
            request.Content = Xml(LockRequest);
        }, cancel);

    public ValueTask<WriteOutcome<DavReply>> UnlockAsync(Uri place, string token, CancellationToken cancel) =>
        SendAsync(Unlock, place, request => request.Headers.TryAddWithoutValidation("Lock-Token", token), cancel);

    /// <summary>Records lineage with what lies there. Not done is no failure: a look tells.</summary>
    public ValueTask<WriteOutcome<DavReply>> MarkAsync(Uri place, UploadLineage lineage, CancellationToken cancel) =>
        SendAsync(PatchProperties, place, request => request.Content = Xml(
            $"""<?xml version="1.0" encoding="utf-8"?><propertyupdate xmlns="DAV:"><set><prop><{DavResponse.LineageElement} xmlns="{DavResponse.LineageSpace}">{lineage}</{DavResponse.LineageElement}></prop></set></propertyupdate>"""), cancel);

    private async ValueTask<WriteOutcome<DavReply>> SendAsync(
        HttpMethod method, Uri place, Action<HttpRequestMessage> prepare, CancellationToken cancel)
    {
        var what = $"{method} {place}";
        try
        {
            using var response = await connections.ChangeAsync(method, place, prepare, cancel).ConfigureAwait(false);
            var token = response.Headers.NonValidated.TryGetValues("Lock-Token", out var values) ? values.ToString() : null;
            return new DavReply(what, response.StatusCode, response.ReasonPhrase, HttpErrors.RetryAfter(response, clock), token);
        }
        catch (Exception exception) when (DavErrors.FromException(exception, what) is { } error)
        {
            cancel.ThrowIfCancellationRequested();
            return error;
        }
    }

    private static void Require(HttpRequestMessage request, string? condition)
    {
        if (condition is not null) request.Headers.TryAddWithoutValidation("If", condition);
    }

    private static ByteArrayContent Xml(string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/xml", "utf-8");
        return content;
    }
}
