using System.Net;
using System.Net.Sockets;
using System.Text;
using VirtualView.Core.Sources;
using VirtualView.Sources.Http.Tls;

namespace VirtualView.Sources.Http;

/// <summary>Sends requests over kept connections, and follows redirects without carrying credentials elsewhere.</summary>
internal sealed class HttpConnections : IDisposable
{
    // An error page is read to its end to keep the connection; a cancelled transfer is cut instead.
    private const int MostBytesToDrain = 64 * 1024;

    // A request of the default size arrives without waiting for room to be granted. .NET allows 16 MiB at most.
    private const int Http2WindowBytes = 8 << 20;

    // A server that refuses an upload says so before its body is sent, if it is given the time.
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _kept;
    private readonly HttpMessageInvoker _fresh; // each request over a connection of its own
    private readonly HttpAddress _address;
    private readonly HttpSourceOptions _options;

    public HttpConnections(HttpSourceOptions options, HttpAddress address)
    {
        (_options, _address) = (options, address);
        (_kept, _fresh) = (Invoker(options, options.ConnectionLifetime), Invoker(options, TimeSpan.Zero));
    }

    /// <summary>Any status is an answer; an error is what kept it from coming.</summary>
    public ValueTask<SourceOutcome<HttpAnswer>> SendAsync(
        HttpMethod method, Uri address, Action<HttpRequestMessage>? prepare, CancellationToken cancel) =>
        SendAsync(new RedirectTrail(method, address), prepare, cancel);

    /// <inheritdoc cref="SendAsync(HttpMethod, Uri, Action{HttpRequestMessage}, CancellationToken)"/>
    /// <param name="trail">Begins at the address, and tells afterwards whether that led elsewhere.</param>
    public async ValueTask<SourceOutcome<HttpAnswer>> SendAsync(
        RedirectTrail trail, Action<HttpRequestMessage>? prepare, CancellationToken cancel)
    {
        var (method, address) = (trail.Method, trail.Start);
        while (true)
        {
            HttpResponseMessage response;
            try
            {
                response = await SendOnceAsync(method, address, prepare, cancel).ConfigureAwait(false);
            }
            catch (Exception exception) when (HttpErrors.FromException(exception, $"{method} {trail.Shown}") is { } error)
            {
                cancel.ThrowIfCancellationRequested();
                return error;
            }

            if (LocationOf(response) is not { } location) return new HttpAnswer(response, SlashTurn.None, address);
            if (SlashRedirect.Adds(address, location)) return new HttpAnswer(response, SlashTurn.ToDirectory, address);
            if (SlashRedirect.Removes(address, location)) return new HttpAnswer(response, SlashTurn.ToFile, address);
            response.Dispose();
            var next = trail.Follow(location);
            if (!next.IsOk) return next.Error;
            address = next.Value;
        }
    }

    /// <summary>
    /// Sends what changes something: once, because what was cut may have happened, and to no other address.
    /// </summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public async ValueTask<HttpResponseMessage> ChangeAsync(
        HttpMethod method, Uri address, Action<HttpRequestMessage> prepare, CancellationToken cancel)
    {
        using var request = Make(method, address, prepare);
        return await _kept.SendAsync(request, cancel).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _kept.Dispose();
        _fresh.Dispose();
    }

    // nginx closes the connection after a 412 while it says keep-alive; the next request on it may cross with that.
    // .NET repeats by itself only when it is sure that the close came first. All requests here may be repeated; over a
    // connection of its own, for of the kept ones the next may be closing as well.
    private async ValueTask<HttpResponseMessage> SendOnceAsync(
        HttpMethod method, Uri address, Action<HttpRequestMessage>? prepare, CancellationToken cancel)
    {
        try
        {
            return await SendAsync(_kept).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (ClosedBeforeTheAnswer(exception))
        {
            cancel.ThrowIfCancellationRequested();
            return await SendAsync(_fresh).ConfigureAwait(false);
        }

        async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker invoker)
        {
            using var request = Make(method, address, prepare);
            return await invoker.SendAsync(request, cancel).ConfigureAwait(false);
        }
    }

    private static HttpMessageInvoker Invoker(HttpSourceOptions options, TimeSpan lifetime) => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null, // tells strangers nothing about our other requests
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        Expect100ContinueTimeout = RefusalTime,
        InitialHttp2StreamWindowSize = Http2WindowBytes,
        MaxConnectionsPerServer = options.MaxConnections,
        MaxResponseDrainSize = MostBytesToDrain,
        PooledConnectionLifetime = lifetime,
        Proxy = options.Proxy,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1, // names in Location may be any bytes
        SslOptions = TrustedAuthorities.Options(options.CaFile),
        UseCookies = false,
    });

    private static bool ClosedBeforeTheAnswer(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.ResponseEnded
        || exception.GetBaseException() is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown };

    private HttpRequestMessage Make(HttpMethod method, Uri address, Action<HttpRequestMessage>? prepare)
    {
        var (version, policy) = (_options.Protocol, address.Scheme == Uri.UriSchemeHttps) switch
        {
            (HttpProtocol.Http2, _) => (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact),
            (HttpProtocol.Auto, true) => (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower),
            _ => (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact),
        };
        var request = new HttpRequestMessage(method, address) { Version = version, VersionPolicy = policy };
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
