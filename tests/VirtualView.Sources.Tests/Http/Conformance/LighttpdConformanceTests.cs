using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Sources.Http;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "web")]
public sealed class LighttpdConformanceTests(LighttpdServer server) : HttpSourceConformanceTests(server.Files, server.At("/"), ListingKind.Auto), IClassFixture<LighttpdServer>
{
    // It refuses what lies below a file, rather than saying that there is nothing.
    protected override SourceErrorKind BelowFile => SourceErrorKind.Denied;

    // It lists names with control characters, and does not find them.
    protected override bool CanServe(PathName name) => name.Bytes.IndexOfAnyInRange((byte)0, (byte)31) < 0;
}
