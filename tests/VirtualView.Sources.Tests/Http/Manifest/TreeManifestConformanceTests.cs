using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Manifest;

public sealed class TreeManifestConformanceTests(NginxServer nginx) : ManifestConformanceTests(nginx, isWholeTree: true, hasHashes: true), IClassFixture<NginxServer>;
