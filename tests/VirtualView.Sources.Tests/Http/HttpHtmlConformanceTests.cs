using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http;

[Trait("Needs", "nginx")]
public sealed class HttpHtmlConformanceTests(NginxServer nginx) : HttpSourceConformanceTests(nginx), IClassFixture<NginxServer>
{
    protected override Uri Root { get; } = nginx.HtmlUrl;
}
