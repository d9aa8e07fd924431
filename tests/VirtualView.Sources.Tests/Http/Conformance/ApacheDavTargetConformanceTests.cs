using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "web")]
public sealed class ApacheDavTargetConformanceTests(ApacheServer server) : HttpTargetConformanceTests(server.Files, server.At("/dav/")), IClassFixture<ApacheServer>;
