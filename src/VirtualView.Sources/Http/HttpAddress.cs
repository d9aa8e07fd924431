using System.Text;
using VirtualView.Core.Paths;

namespace VirtualView.Sources.Http;

/// <summary>Where the entries of a source are on the web.</summary>
internal sealed class HttpAddress
{
    // .NET would decode and tidy the path, and so ask for another name than the one listed.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string _root;

    public HttpAddress(Uri url)
    {
        Origin = url;
        _root = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') + "/";
    }

    /// <summary>Any address of the origin: scheme, host and port are what counts.</summary>
    public Uri Origin { get; }

    public Uri OfFile(VirtualPath path) => new(Build(path), Verbatim);

    /// <summary>As <see cref="OfFile"/>, with the slash that makes it a directory.</summary>
    public Uri OfDirectory(VirtualPath path) => new(path.IsRoot ? _root : Build(path) + "/", Verbatim);

    /// <summary>The address that a redirect names; null if it is none for the web.</summary>
    public static Uri? Resolve(Uri current, string location) =>
        Uri.TryCreate(current, location, out var next) && (next.Scheme == Uri.UriSchemeHttp || next.Scheme == Uri.UriSchemeHttps)
            ? next
            : null;

    public bool IsOwnOrigin(Uri address) =>
        address.Scheme == Origin.Scheme
        && address.Port == Origin.Port
        && string.Equals(address.IdnHost, Origin.IdnHost, StringComparison.OrdinalIgnoreCase);

    private string Build(VirtualPath path)
    {
        var url = new StringBuilder(_root);
        foreach (var name in path.Names)
        {
            if (url[^1] != '/') url.Append('/');
            PercentEncoding.Append(url, name.Bytes);
        }

        return url.ToString();
    }
}
