using System.Collections.Immutable;
using System.Net;
using VirtualView.Sources.Http.Proxies;
using VirtualView.Sources.Http.Tls;

namespace VirtualView.Sources.Http;

/// <summary>A web server with directory listings.</summary>
public sealed record HttpSourceOptions
{
    public const int MostConnections = 256;
    public const long LeastListingBytes = 64 * 1024;
    public const long LargestListingBytes = 1 << 30;

    // These are ours: another value would break ranges, conditions or the framing.
    private static readonly string[] OwnHeaders =
    [
        "Accept-Encoding", "Connection", "Content-Length", "Host", "If-Match", "If-Modified-Since", "If-None-Match",
        "If-Range", "If-Unmodified-Since", "Range", "Transfer-Encoding",
    ];

    /// <summary>What is the root of the source; <c>http</c> or <c>https</c>, without user, query and fragment.</summary>
    public required Uri Url { get; init; }

    /// <summary>Sent with every request to the origin of <see cref="Url"/>, and to no other. Secrets are resolved before.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Connections at the same time, 1 to 256; further requests wait. Default 16.</summary>
    public int MaxConnections { get; init; } = 16;

    /// <summary>How long connecting (name, TCP and TLS) may take, 100 ms to 5 min. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After this a connection is not used again, so that a changed name is followed; 1 s to 1 day. Default 10 min.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest listing of one directory that is read, 64 KiB to 1 GiB. Default 1 GiB, about 8 million entries.</summary>
    public long MaxListingBytes { get; init; } = LargestListingBytes;

    /// <summary>False takes every ETag as weak, for servers that make them of time and size in an unknown way. Default true.</summary>
    public bool TrustETags { get; init; } = true;

    /// <summary>How directories are listed. Default <see cref="ListingKind.Auto"/>.</summary>
    public ListingKind Listing { get; init; } = ListingKind.Auto;

    /// <summary>Which HTTP is spoken. Default <see cref="HttpProtocol.Auto"/>.</summary>
    public HttpProtocol Protocol { get; init; } = HttpProtocol.Auto;

    /// <summary>PEM file of the authorities to trust instead of the system's; null: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>When a file is looked at again after its bytes. Default <see cref="SecondLook.Racy"/>.</summary>
    public SecondLook SecondLook { get; init; } = SecondLook.Racy;

    /// <summary>That of the environment; tests have their own.</summary>
    internal IWebProxy Proxy { get; init; } = EnvironmentProxy.Current;

    /// <summary>Everything that is wrong with these options, as <c>key: reason</c>. Never shows a header's value.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Url.IsAbsoluteUri || (Url.Scheme != Uri.UriSchemeHttp && Url.Scheme != Uri.UriSchemeHttps))
            yield return $"{nameof(Url)}: not an http or https address";
        else if (Url.UserInfo.Length > 0)
            yield return $"{nameof(Url)}: holds a user or password; give an Authorization header instead";
        else if (Url.Query.Length > 0 || Url.Fragment.Length > 0)
            yield return $"{nameof(Url)}: '{Url.GetLeftPart(UriPartial.Path)}' is followed by a query or fragment, which a folder cannot have";
        foreach (var (header, value) in Headers)
        {
            if (OwnHeaders.Contains(header, StringComparer.OrdinalIgnoreCase))
                yield return $"{nameof(Headers)}: '{header}' is set by VirtualView itself";
            else if (!HeaderText.IsName(header) || !HeaderText.IsValue(value))
                yield return $"{nameof(Headers)}: '{header}' is not a legal name, or its value holds characters that a header cannot carry";
        }

        if (CaFile is not null && TrustedAuthorities.FindProblem(CaFile) is { } wrongFile)
            yield return $"{nameof(CaFile)}: {wrongFile}";
        if (MaxConnections is < 1 or > MostConnections)
            yield return $"{nameof(MaxConnections)}: {MaxConnections} is not within 1 to {MostConnections}";
        if (ConnectTimeout < TimeSpan.FromMilliseconds(100) || ConnectTimeout > TimeSpan.FromMinutes(5))
            yield return $"{nameof(ConnectTimeout)}: {ConnectTimeout} is not within 100 ms to 5 min";
        if (ConnectionLifetime < TimeSpan.FromSeconds(1) || ConnectionLifetime > TimeSpan.FromDays(1))
            yield return $"{nameof(ConnectionLifetime)}: {ConnectionLifetime} is not within 1 s to 1 day";
        if (MaxListingBytes is < LeastListingBytes or > LargestListingBytes)
            yield return $"{nameof(MaxListingBytes)}: {MaxListingBytes} is not within 64 KiB to 1 GiB";
    }
}
