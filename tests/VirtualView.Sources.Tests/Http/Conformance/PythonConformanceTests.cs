using System.Text.Unicode;
using VirtualView.Core.Paths;
using VirtualView.Sources.Http;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Conformance;

[Trait("Needs", "web")]
public sealed class PythonConformanceTests(PythonServer server) : HttpSourceConformanceTests(server.Files, server.At("/"), ListingKind.Auto), IClassFixture<PythonServer>
{
    // It lists bytes that are not UTF-8 in a way that it does not understand itself.
    protected override bool CanServe(PathName name) => Utf8.IsValid(name.Bytes);
}
