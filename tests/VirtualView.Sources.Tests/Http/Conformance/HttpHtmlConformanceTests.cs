using VirtualView.Sources.Http;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "nginx")]
public sealed class HttpHtmlConformanceTests(NginxServer server) : HttpSourceConformanceTests(server.Files, server.HtmlUrl, ListingKind.Auto), IClassFixture<NginxServer>;
