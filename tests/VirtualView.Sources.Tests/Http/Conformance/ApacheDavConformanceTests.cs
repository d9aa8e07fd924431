using VirtualView.Sources.Http;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "web")]
public sealed class ApacheDavConformanceTests(ApacheServer server) : HttpSourceConformanceTests(server.Files, server.At("/dav/"), ListingKind.WebDav), IClassFixture<ApacheServer>;
