using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Manifest;

public sealed class DirectoryManifestConformanceTests(NginxServer nginx) : ManifestConformanceTests(nginx, isWholeTree: false, hasHashes: true), IClassFixture<NginxServer>;
