using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http;

[Trait("Needs", "nginx")]
public sealed class HttpJsonConformanceTests(NginxServer nginx) : HttpSourceConformanceTests(nginx), IClassFixture<NginxServer>
{
    protected override Uri Root { get; } = nginx.JsonUrl;
}
