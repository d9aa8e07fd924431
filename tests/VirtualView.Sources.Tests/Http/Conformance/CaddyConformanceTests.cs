using VirtualView.Sources.Http;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "web")]
public sealed class CaddyConformanceTests(CaddyServer server) : HttpSourceConformanceTests(server.Files, server.At("/"), ListingKind.Auto), IClassFixture<CaddyServer>;
