using VirtualView.Cli.Configuration.Reading;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Cli.Configuration.Values;
using VirtualView.Sources.Http.Tls;

namespace VirtualView.Cli.Configuration.Checks;

internal static class HttpChecks
{
    // What a read depends on; set from outside, it would give other bytes than asked for.
    private static readonly string[] OwnHeaders =
    [
        "Host", "Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range",
        "Connection", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "Upgrade", "TE", "Expect",
    ];

    public static void Run(HttpSourceSection http, KeyPath key, MistakeList mistakes)
    {
        if (UrlProblem(http.Url) is { } problem) mistakes.Add(key / nameof(http.Url), problem);
        if (http.CaFile is not null && TrustedAuthorities.FindProblem(http.CaFile) is { } wrong) mistakes.Add(key / nameof(http.CaFile), wrong);
        foreach (var (name, value) in http.Headers)
        {
            if (HeaderProblem(name, value) is { } illegal) mistakes.Add(key / nameof(http.Headers) / name, illegal);
        }
    }

    /// <summary>What is wrong with the address of a source, in words that repeat no password; null if nothing is.</summary>
    public static string? UrlProblem(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "is missing; write http://HOST/PATH/ or https://HOST/PATH/";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            return $"'{Hide(text)}' is not legal; write http://HOST/PATH/ or https://HOST/PATH/";
        var hasQuery = url.Query.Length > 0 || url.Fragment.Length > 0;
        if (url.UserInfo.Length > 0)
            return $"holds a user or password{(hasQuery ? ", and a query or fragment, where secrets stand too" : "")}: a literal secret is refused, because configurations are copied, shared and backed up; write the address of a folder alone, and a header \"Authorization\": \"env:NAME\"";
        if (hasQuery)
            return "has a query or fragment, to which paths cannot be appended; write the address of a folder, and a secret as a header: \"Authorization\": \"env:NAME\"";
        return null;
    }

    private static string? HeaderProblem(string name, HeaderValue value)
    {
        if (name.Length == 0 || !name.All(IsTokenLetter)) return "is not a legal name of a header";
        if (OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)) return "VirtualView sets this header itself; leave it out";
        if (HeaderValue.IsSecretHeader(name) && !value.IsReference)
            return "a literal secret is refused, because configurations are copied, shared and backed up; write env:NAME or file:/PATH (mode 0600)";
        if (!value.TryResolve(out var text, out var problem)) return problem;
        return text.Any(char.IsControl) ? "holds a control character, such as a line end; a header is one line" : null;
    }

    /// <summary>An address without the places where secrets stand.</summary>
    public static string Hide(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var place = end < 0 ? url : url[..end];
        if (place.Contains('@', StringComparison.Ordinal)) place = "***" + place[place.LastIndexOf('@')..];
        return end < 0 ? place : $"{place}{url[end]}***";
    }

    // RFC 9110, section 5.6.2.
    private static bool IsTokenLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal);
}
