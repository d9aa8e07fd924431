using System.Net;

namespace VirtualView.Sources.Http.Proxies;

/// <summary>
/// The proxy that <c>HTTP_PROXY</c>, <c>HTTPS_PROXY</c>, <c>ALL_PROXY</c> and <c>NO_PROXY</c> name, in lower case or
/// upper case, as curl reads them. .NET has the like, but shows the password of the proxy in its errors.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly ProxyAddress? _forHttp;
    private readonly ProxyAddress? _forHttps;
    private readonly ProxyBypass _bypass;

    /// <param name="variable">Gives the value of a variable of the environment, or null.</param>
    public EnvironmentProxy(Func<string, string?> variable)
    {
        var forAll = Read("ALL_PROXY");
        _forHttp = ProxyAddress.Parse(Read("HTTP_PROXY") ?? forAll);
        _forHttps = ProxyAddress.Parse(Read("HTTPS_PROXY") ?? forAll);
        _bypass = new ProxyBypass(Read("NO_PROXY") ?? "");
        Credentials = new ProxyCredentials(_forHttp, _forHttps);

        string? Read(string name)
        {
            var value = variable(name.ToLowerInvariant()) ?? variable(name);
            return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
        }
    }

    /// <summary>Of this process, as it was started.</summary>
    public static EnvironmentProxy Current { get; } = new(Environment.GetEnvironmentVariable);

    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : Of(destination)!.Address;

    public bool IsBypassed(Uri host) => Of(host) is null || _bypass.Covers(host);

    private ProxyAddress? Of(Uri destination) => destination.Scheme == Uri.UriSchemeHttps ? _forHttps : _forHttp;
}
