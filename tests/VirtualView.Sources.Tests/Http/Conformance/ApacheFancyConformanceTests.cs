using VirtualView.Sources.Http;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "web")]
public sealed class ApacheFancyConformanceTests(ApacheServer server) : HttpSourceConformanceTests(server.Files, server.At("/fancy/"), ListingKind.Auto), IClassFixture<ApacheServer>;
