using System.Net;
using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http;

/// <summary>What a status or a broken connection means for the next step.</summary>
internal static class HttpErrors
{
    public static SourceError FromStatus(HttpResponseMessage answer, string request, TimeProvider clock)
    {
        var status = (int)answer.StatusCode;
        var kind = KindOf(answer.StatusCode);
        var patience = kind == SourceErrorKind.Throttled ? RetryAfter(answer, clock) : null;
        return new SourceError(kind, $"{request}: the server answered {status} {answer.ReasonPhrase}", patience);
    }

    /// <summary>Null for an exception that is none of the network's.</summary>
    public static SourceError? FromException(Exception exception, string request) => exception switch
    {
        HttpRequestException { HttpRequestError: var reason } failure => Broken(reason, request, failure),
        HttpIOException { HttpRequestError: var reason } failure => Broken(reason, request, failure),
        IOException => new SourceError(SourceErrorKind.Unreachable, $"{request}: the connection broke: {exception.Message}"),
        OperationCanceledException { InnerException: TimeoutException } =>
            new SourceError(SourceErrorKind.TimedOut, $"{request}: no connection in time"),
        _ => null,
    };

    private static SourceError Broken(HttpRequestError reason, string request, Exception failure) => reason switch
    {
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
            new SourceError(SourceErrorKind.Invalid, $"{request}: the answer is no proper HTTP: {failure.Message}"),
        // The innermost says what happened; the outer only that something did.
        _ => new SourceError(SourceErrorKind.Unreachable, $"{request}: {reason}: {failure.GetBaseException().Message}"),
    };

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

    private static TimeSpan? RetryAfter(HttpResponseMessage answer, TimeProvider clock)
    {
        if (answer.Headers.RetryAfter is not { } header) return null;
        if (header.Delta is { } delta) return delta;
        var wait = header.Date - (answer.Headers.Date ?? clock.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
