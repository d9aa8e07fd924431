using System.Net;
using VirtualView.Core.Sources.Writing;

namespace VirtualView.Sources.Http.Writing;

/// <summary>What a status, or its absence, means for a change.</summary>
internal static class DavErrors
{
    public static WriteError FromStatus(DavReply reply) =>
        new(KindOf(reply.Status), $"{reply.What}: the server answered {(int)reply.Status} {reply.Reason}{AdviceFor(reply.Status)}", reply.RetryAfter);

    /// <summary>Null for an exception that is none of the network's.</summary>
    public static WriteError? FromException(Exception exception, string what)
    {
        if (Find<ContentLostException>(exception) is { } lost) return new WriteError(WriteErrorKind.ContentLost, $"{what}: {lost.Message}");
        if (HttpErrors.FromException(exception, what) is not { } error) return null;
        return new WriteError(WasNotSent(exception) ? WriteErrorKind.Unreachable : WriteErrorKind.Uncertain, error.Message);
    }

    private static bool WasNotSent(Exception exception) =>
        exception is OperationCanceledException // that of connecting
        || exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError
        };

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        while (exception is not null and not T) exception = exception.InnerException;
        return exception as T;
    }

    private static WriteErrorKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.PreconditionFailed or HttpStatusCode.FailedDependency => WriteErrorKind.Changed,
        // 409: the directory above is missing, says RFC 4918.
        HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Conflict => WriteErrorKind.NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired => WriteErrorKind.Denied,
        HttpStatusCode.Locked or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => WriteErrorKind.Busy,
        HttpStatusCode.RequestEntityTooLarge => WriteErrorKind.TooLarge,
        HttpStatusCode.InsufficientStorage => WriteErrorKind.Full,
        HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => WriteErrorKind.Unsupported,
        >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.MultiStatus => WriteErrorKind.Uncertain,
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => WriteErrorKind.Unsupported,
        _ => WriteErrorKind.Invalid,
    };

    private static string AdviceFor(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "; ask for the right to write there, or check Headers of this source",
        HttpStatusCode.Locked => "; somebody holds a lock on it: it is tried again",
        HttpStatusCode.RequestEntityTooLarge => "; raise the server's limit (client_max_body_size, LimitRequestBody)",
        HttpStatusCode.InsufficientStorage => "; make room there, or ask for more quota: it is tried again",
        HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented => "; switch WebDAV on for this folder at the server",
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => "; what changes something is not redirected: write the address it leads to in Url",
        _ => "",
    };
}
