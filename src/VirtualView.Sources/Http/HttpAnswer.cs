namespace VirtualView.Sources.Http;

/// <summary>The answer to a request, after redirects.</summary>
/// <param name="Response">Its headers have arrived; its body is still to be read.</param>
/// <param name="Turn">What a redirect that only adds or removes a slash has told; it was not followed.</param>
/// <param name="Address">Who answered.</param>
internal sealed record HttpAnswer(HttpResponseMessage Response, SlashTurn Turn, Uri Address) : IDisposable
{
    public void Dispose() => Response.Dispose();
}
