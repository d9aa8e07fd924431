using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Sources;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http.Manifest;

/// <summary>Against a real nginx that lists nothing by itself.</summary>
[Trait("Needs", "nginx")]
public abstract class ManifestConformanceTests(NginxServer nginx, bool isWholeTree, bool hasHashes) : SourceConformanceTests
{
    private static int _folders;

    protected override ValueTask<SourceHarness> StartAsync()
    {
        var folder = PathName.Of($"m{Interlocked.Increment(ref _folders)}");
        nginx.Files.PutDirectory(VirtualPath.Of(folder));
        var options = new HttpSourceOptions { Url = new Uri(nginx.UnlistedUrl, $"{folder}/") };
        var source = new HttpSource(new SourceId(Guid.NewGuid()), "aps", options, TimeProvider.System, NullLogger.Instance);
        return new(new ManifestHarness(nginx.Files, VirtualPath.Of(folder), source, isWholeTree, hasHashes));
    }
}
