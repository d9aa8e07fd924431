using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Sources;
using VirtualView.Testing.Web;

namespace VirtualView.Sources.Tests.Http;

/// <summary>Against a real nginx, which all tests of a class share: each has a folder of its own there.</summary>
public abstract class HttpSourceConformanceTests(NginxServer nginx) : SourceConformanceTests
{
    private static int _folders;

    protected abstract Uri Root { get; }

    protected override ValueTask<SourceHarness> StartAsync()
    {
        var folder = PathName.Of($"t{Interlocked.Increment(ref _folders)}");
        nginx.Files.PutDirectory(VirtualPath.Of(folder));
        var options = new HttpSourceOptions { Url = new Uri(Root, $"{folder}/") };
        var source = new HttpSource(new SourceId(Guid.NewGuid()), "aps", options, TimeProvider.System, NullLogger.Instance);
        return new(new FolderHarness(nginx.Files, VirtualPath.Of(folder), source, ownsFolder: false));
    }
}
