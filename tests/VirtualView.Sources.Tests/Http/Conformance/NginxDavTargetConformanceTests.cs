using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "web")]
public sealed class NginxDavTargetConformanceTests(NginxDavServer server) : HttpTargetConformanceTests(server.Files, server.At("/dav/")), IClassFixture<NginxDavServer>;
