using VirtualView.Sources.Http;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "web")]
public sealed class NginxDavConformanceTests(NginxDavServer server) : HttpSourceConformanceTests(server.Files, server.At("/dav/"), ListingKind.Auto), IClassFixture<NginxDavServer>;
