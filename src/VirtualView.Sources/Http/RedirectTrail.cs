using VirtualView.Core.Sources;

namespace VirtualView.Sources.Http;

/// <summary>Where redirects have led one request, and whether the next may be followed.</summary>
internal sealed class RedirectTrail(HttpMethod method, Uri start)
{
    private const int MostRedirects = 5;

    private readonly List<Uri> _visited = [start];

    public HttpMethod Method => method;

    public Uri Start => start;

    public bool IsRedirected => _visited.Count > 1;

    /// <summary>The first address, and the one that answered if that is another, without what may be secret in it.</summary>
    public string Shown => !IsRedirected ? Show(start) : $"{Show(start)} (redirected to {Show(_visited[^1])})";

    /// <summary>The next address, or why it is none.</summary>
    public SourceOutcome<Uri> Follow(string location)
    {
        var current = _visited[^1];
        var next = HttpAddress.Resolve(current, location);
        if (next is null) return Refused("redirected to an address that is not of the web, which is not followed");
        if (current.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
            return Refused($"redirected from https to {Show(next)}, which is not followed, because anyone could change the bytes on their way");
        var isCircle = _visited.Exists(address => address.AbsoluteUri == next.AbsoluteUri);
        _visited.Add(next);
        if (isCircle) return Refused($"redirected in a circle: {Way()}");
        return _visited.Count <= MostRedirects + 1 ? next : Refused($"redirected more than {MostRedirects} times: {Way()}");
    }

    private SourceError Refused(string reason) => new(SourceErrorKind.Invalid, $"{method} {Show(start)}: {reason}; correct Url, or the server");

    private string Way() => string.Join(" -> ", _visited.Select(Show));

    // Signed addresses carry their secret in the query.
    private static string Show(Uri address) => address.Query.Length == 0 ? $"{address}" : $"{address.GetLeftPart(UriPartial.Path)}?...";
}
