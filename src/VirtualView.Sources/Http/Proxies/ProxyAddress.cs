using System.Net;

namespace VirtualView.Sources.Http.Proxies;

/// <summary>Where a proxy is, and apart from it who we are there, so that no message can show the password.</summary>
internal sealed record ProxyAddress(Uri Address, NetworkCredential? User)
{
    /// <summary>Null for nothing and for what cannot be understood. Without a scheme, <c>http</c> is meant.</summary>
    public static ProxyAddress? Parse(string? text)
    {
        if (text is null) return null;
        if (!text.Contains("://", StringComparison.Ordinal)) text = "http://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var written) || written.Host.Length == 0) return null;
        if (written.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5")) return null;
        var address = new UriBuilder(written.Scheme, written.IdnHost, written.Port).Uri;
        if (written.UserInfo.Length == 0) return new ProxyAddress(address, null);
        var colon = written.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = colon < 0 ? written.UserInfo : written.UserInfo[..colon];
        var password = colon < 0 ? "" : written.UserInfo[(colon + 1)..];
        return new ProxyAddress(address, new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)));
    }

    // The default would print the password.
    public override string ToString() => $"{Address}";
}
