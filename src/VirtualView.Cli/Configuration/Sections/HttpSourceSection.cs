using System.Collections.Immutable;
using VirtualView.Cli.Configuration.Values;
using VirtualView.Sources.Http;

namespace VirtualView.Cli.Configuration.Sections;

/// <summary>A web server with listings and ranges.</summary>
internal sealed record HttpSourceSection : SourceSection
{
    [Key(IsRequired = true, Rule = "`http://` or `https://`, without user, password, query and fragment")]
    public string? Url { get; init; }

    [Key(Default = "none", Rule = "a secret is `env:NAME` or `file:PATH`; not a header that VirtualView sets itself")]
    public ImmutableSortedDictionary<string, HeaderValue> Headers { get; init; } =
        ImmutableSortedDictionary.Create<string, HeaderValue>(StringComparer.OrdinalIgnoreCase);

    [Key(Min = "1", Max = "256")]
    public int MaxConnections { get; init; } = 16;

    [Key(Min = "100ms", Max = "5m")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    [Key]
    public bool TrustETags { get; init; } = true;

    [Key]
    public ListingKind Listing { get; init; } = ListingKind.Auto;

    [Key]
    public HttpProtocol Protocol { get; init; } = HttpProtocol.Auto;

    [Key(Default = "the authorities of the system", Rule = "an absolute path")]
    public string? CaFile { get; init; }

    [Key]
    public SecondLook SecondLook { get; init; } = SecondLook.Racy;
}
