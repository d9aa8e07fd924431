using System.Net;

namespace VirtualView.Sources.Http.Proxies;

/// <summary>Each proxy gets its own user and password, and no other gets them.</summary>
internal sealed class ProxyCredentials(params ProxyAddress?[] proxies) : ICredentials
{
    public NetworkCredential? GetCredential(Uri uri, string authType) =>
        proxies.FirstOrDefault(proxy => proxy is not null && proxy.Address.Host == uri.Host && proxy.Address.Port == uri.Port)?.User;
}
