using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Manifest;

public sealed class PlainManifestConformanceTests(NginxServer nginx) : ManifestConformanceTests(nginx, isWholeTree: true, hasHashes: false), IClassFixture<NginxServer>;
