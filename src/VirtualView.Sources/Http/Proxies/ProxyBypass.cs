using System.Net;

namespace VirtualView.Sources.Http.Proxies;

/// <summary>
/// <c>NO_PROXY</c>: hosts, separated by commas or spaces, each with all below it (<c>example.org</c> and
/// <c>.example.org</c> alike), with <c>:PORT</c> only at that port; addresses; networks as <c>10.0.0.0/8</c>; or <c>*</c>.
/// </summary>
internal sealed class ProxyBypass(string text)
{
    private readonly string[] _rules = text.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool Covers(Uri address) => _rules.Any(rule => Covers(rule, address));

    private static bool Covers(string rule, Uri address)
    {
        if (rule == "*") return true;
        var host = address.IdnHost;
        if (IPAddress.TryParse(host, out var numeric))
        {
            if (IPNetwork.TryParse(rule, out var network)) return network.Contains(numeric);
            if (IPAddress.TryParse(rule.Trim('[', ']'), out var same)) return same.Equals(numeric);
        }

        var colon = rule.LastIndexOf(':');
        if (colon > 0 && int.TryParse(rule[(colon + 1)..], out var port) && rule.IndexOf(':', StringComparison.Ordinal) == colon)
            return port == address.Port && Covers(rule[..colon], address);
        var name = rule.TrimStart('*').TrimStart('.').TrimEnd('.');
        return name.Length > 0
            && host.EndsWith(name, StringComparison.OrdinalIgnoreCase)
            && (host.Length == name.Length || host[^(name.Length + 1)] == '.');
    }
}
