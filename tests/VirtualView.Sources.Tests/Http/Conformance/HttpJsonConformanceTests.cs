using VirtualView.Sources.Http;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "nginx")]
public sealed class HttpJsonConformanceTests(NginxServer server) : HttpSourceConformanceTests(server.Files, server.JsonUrl, ListingKind.Auto), IClassFixture<NginxServer>;
