using VirtualView.Sources.Http;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "web")]
public sealed class ApachePlainConformanceTests(ApacheServer server) : HttpSourceConformanceTests(server.Files, server.At("/plain/"), ListingKind.Html), IClassFixture<ApacheServer>;
