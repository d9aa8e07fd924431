using System.Net;
using System.Net.Sockets;
using VirtualView.Core.Sources;
using VirtualView.Sources.Http.Tls;

namespace VirtualView.Sources.Http;

/// <summary>What a status or a broken connection means for the next step, and what to do about it.</summary>
internal static class HttpErrors
{
    public static SourceError FromStatus(HttpResponseMessage answer, string request, TimeProvider clock)
    {
        var status = (int)answer.StatusCode;
        var kind = KindOf(answer.StatusCode);
        var patience = kind == SourceErrorKind.Throttled ? RetryAfter(answer, clock) : null;
        return new SourceError(kind, $"{request}: the server answered {status} {answer.ReasonPhrase}{AdviceFor(answer.StatusCode, patience)}", patience);
    }

    /// <summary>Null for an exception that is none of the network's.</summary>
    public static SourceError? FromException(Exception exception, string request) => exception switch
    {
        HttpRequestException { HttpRequestError: var reason } failure => Broken(reason, request, failure),
        HttpIOException { HttpRequestError: var reason } failure => Broken(reason, request, failure),
        IOException => new SourceError(SourceErrorKind.Unreachable, $"{request}: the connection broke: {exception.Message}"),
        OperationCanceledException { InnerException: TimeoutException } =>
            new SourceError(SourceErrorKind.TimedOut, $"{request}: no connection in time; check host and port in Url, and firewalls"),
        _ => null,
    };

    private static SourceError Broken(HttpRequestError reason, string request, Exception failure)
    {
        // The innermost says what happened; the outer only that something did.
        var cause = failure.GetBaseException();
        return reason switch
        {
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
                new SourceError(SourceErrorKind.Invalid, $"{request}: the answer is no proper HTTP: {failure.Message}"),
            HttpRequestError.VersionNegotiationError =>
                new SourceError(SourceErrorKind.Unsupported, $"{request}: the server does not speak HTTP/2 here; set Protocol of this source to Auto"),
            HttpRequestError.NameResolutionError =>
                Unreachable($"the name of the host is not known ({cause.Message}); check Url and the network"),
            HttpRequestError.SecureConnectionError => Unreachable(TlsErrors.Explain(failure)),
            HttpRequestError.ProxyTunnelError =>
                Unreachable($"the proxy does not let us through ({cause.Message}); check HTTPS_PROXY and HTTP_PROXY, with user and password where it wants them, or add the host to NO_PROXY"),
            HttpRequestError.ConnectionError when cause is SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
                Unreachable("nothing listens there (connection refused); check the port in Url, and that the server runs"),
            _ => Unreachable($"{reason}: {cause.Message}"),
        };

        SourceError Unreachable(string why) => new(SourceErrorKind.Unreachable, $"{request}: {why}");
    }

    private static SourceErrorKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => SourceErrorKind.NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired => SourceErrorKind.Denied,
        HttpStatusCode.PreconditionFailed => SourceErrorKind.Changed,
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => SourceErrorKind.Throttled,
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => SourceErrorKind.TimedOut,
        HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => SourceErrorKind.Unsupported,
        >= HttpStatusCode.InternalServerError => SourceErrorKind.Unreachable,
        _ => SourceErrorKind.Invalid,
    };

    private static string AdviceFor(HttpStatusCode status, TimeSpan? patience) => status switch
    {
        HttpStatusCode.Unauthorized => "; set an Authorization header in Headers of this source, or renew its token; a proxy that HTTP_PROXY names may also mean its own password",
        HttpStatusCode.Forbidden => "; ask whoever runs the server for access, or check Headers of this source",
        HttpStatusCode.ProxyAuthenticationRequired => "; write user and password of the proxy in HTTP_PROXY and HTTPS_PROXY, or add the host to NO_PROXY",
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable =>
            patience is { } time ? $" and asks to wait {time.TotalSeconds:0} s; it is asked again then" : "; it is asked again later",
        _ => "",
    };

    public static TimeSpan? RetryAfter(HttpResponseMessage answer, TimeProvider clock)
    {
        if (answer.Headers.RetryAfter is not { } header) return null;
        if (header.Delta is { } delta) return delta;
        var wait = header.Date - (answer.Headers.Date ?? clock.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
