using System.Net;
using System.Net.Sockets;
using System.Text;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http;

/// <summary>Sends requests over kept connections, and follows redirects without carrying credentials elsewhere.</summary>
internal sealed class HttpConnections : IDisposable
{
    private const int MostRedirects = 5;

    // An error page is read to its end to keep the connection; a cancelled transfer is cut instead.
    private const int MostBytesToDrain = 64 * 1024;

    private const int MostStaleConnections = 1; // .NET tries four before it gives up

    private readonly HttpMessageInvoker _invoker;
    private readonly HttpAddress _address;
    private readonly HttpSourceOptions _options;

    public HttpConnections(HttpSourceOptions options, HttpAddress address)
    {
        (_options, _address) = (options, address);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null, // tells strangers nothing about our other requests
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.MaxConnections,
            MaxResponseDrainSize = MostBytesToDrain,
            PooledConnectionLifetime = options.ConnectionLifetime,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1, // names in Location may be any bytes
            UseCookies = false,
        });
    }

    /// <summary>Any status is an answer; an error is what kept it from coming.</summary>
    public async ValueTask<SourceOutcome<HttpAnswer>> SendAsync(
        HttpMethod method, Uri address, Action<HttpRequestMessage>? prepare, CancellationToken cancel)
    {
        var what = $"{method} {address}";
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            HttpResponseMessage response;
            try
            {
                response = await SendOnceAsync(method, address, prepare, cancel).ConfigureAwait(false);
            }
            catch (Exception exception) when (HttpErrors.FromException(exception, what) is { } error)
            {
                cancel.ThrowIfCancellationRequested();
                return error;
            }

            if (LocationOf(response) is not { } location) return new HttpAnswer(response, SlashTurn.None);
            if (SlashRedirect.Adds(address, location)) return new HttpAnswer(response, SlashTurn.ToDirectory);
            if (SlashRedirect.Removes(address, location)) return new HttpAnswer(response, SlashTurn.ToFile);
            response.Dispose();
            var next = HttpAddress.Resolve(address, location);
            if (next is null || (address.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps))
                return new SourceError(SourceErrorKind.Invalid, $"{what}: redirected to an address that is not followed");
            address = next;
        }

        return new SourceError(SourceErrorKind.Invalid, $"{what}: redirected more than {MostRedirects} times");
    }

    public void Dispose() => _invoker.Dispose();

    // nginx closes the connection after a 412 while it says keep-alive; the next request on it may cross with that.
    // .NET repeats by itself only when it is sure that the close came first. All our requests may be repeated.
    private async ValueTask<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri address, Action<HttpRequestMessage>? prepare, CancellationToken cancel)
    {
        for (var stale = 0; ; stale++)
        {
            try
            {
                using var request = Make(method, address, prepare);
                return await _invoker.SendAsync(request, cancel).ConfigureAwait(false);
            }
            catch (HttpRequestException exception) when (stale < MostStaleConnections && ClosedBeforeTheAnswer(exception))
            {
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private static bool ClosedBeforeTheAnswer(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.ResponseEnded
        || exception.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown };

    private HttpRequestMessage Make(HttpMethod method, Uri address, Action<HttpRequestMessage>? prepare)
    {
        var request = new HttpRequestMessage(method, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        prepare?.Invoke(request);
        if (!_address.IsOwnOrigin(address)) return request;
        foreach (var (name, value) in _options.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static string? LocationOf(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.NonValidated.TryGetValues("Location", out var values)
            ? values.ToString()
            : null;
}
