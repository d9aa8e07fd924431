using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Service.Access;

/// <summary>Lets a request pass if its connection was granted the scope of the endpoint. An endpoint without one is closed.</summary>
internal static class ScopeGate
{
    private static readonly object GrantKey = new();

    public static void Grant(IDictionary<object, object?> connectionItems, ApiScope scope) => connectionItems[GrantKey] = scope;

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // What is no route of ours answers that there is no such address, or no such method.
        if (context.GetEndpoint() is not RouteEndpoint endpoint) return next(context);
        var required = endpoint.Metadata.GetMetadata<RequiredScope>()?.Scope;
        if (required <= Granted(context)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsJsonAsync(
            new ErrorAnswer("forbidden", "this connection may not do that"),
            ControlJson.Default.ErrorAnswer,
            contentType: null,
            context.RequestAborted);
    }

    private static ApiScope Granted(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(GrantKey, out var scope) == true && scope is ApiScope granted
            ? granted
            : ApiScope.None;
}
