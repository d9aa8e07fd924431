using System.Text.Json.Serialization.Metadata;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Service.Endpoints;

/// <summary>Reads and writes bodies in one form.</summary>
internal static class Replies
{
    public static Task SayAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> form)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(answer, form, contentType: null, context.RequestAborted);
    }

    public static Task RefuseAsync(HttpContext context, int status, string word, string sentence) =>
        SayAsync(context, status, new ErrorAnswer(word, sentence), ControlJson.Default.ErrorAnswer);

    /// <summary>Gives a body to what no endpoint answered.</summary>
    public static async Task FillAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.HasStarted || context.GetEndpoint() is RouteEndpoint) return;
        var path = context.Request.Path;
        switch (context.Response.StatusCode)
        {
            case StatusCodes.Status404NotFound:
                await RefuseAsync(context, StatusCodes.Status404NotFound, "notFound", $"there is no address {path}: see docs/commands.md for those that are");
                break;
            case StatusCodes.Status405MethodNotAllowed:
                await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "methodNotAllowed", $"{path} does not take {context.Request.Method}: it takes {context.Response.Headers.Allow}");
                break;
        }
    }

    /// <summary>Null when the body is not of that form.</summary>
    public static async ValueTask<T?> BodyAsync<T>(HttpContext context, JsonTypeInfo<T> form)
        where T : class
    {
        try
        {
            // Whatever Content-Type says: by hand nobody sets it.
            return await JsonSerializer.DeserializeAsync(context.Request.Body, form, context.RequestAborted);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
