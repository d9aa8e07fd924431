using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
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
