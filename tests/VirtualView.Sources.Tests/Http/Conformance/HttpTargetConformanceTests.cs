using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Sources.Http.Writing;
using VirtualView.Testing.Files;
using VirtualView.Testing.Sources;
using VirtualView.Testing.Sources.Writing;

namespace VirtualView.Sources.Tests.Http.Conformance;

/// <summary>Against a real server, which all tests of a class share: each has a folder of its own there.</summary>
public abstract class HttpTargetConformanceTests(HostFolder files, Uri root) : TargetConformanceTests
{
    private static int _folders;

    protected override ValueTask<TargetHarness> StartAsync()
    {
        var folder = PathName.Of($"w{Interlocked.Increment(ref _folders)}");
        var options = new HttpSourceOptions { Url = new Uri(root, $"{folder}/"), Listing = ListingKind.WebDav };
        var id = new SourceId(Guid.NewGuid());
        var source = new HttpSource(id, "dav", options, TimeProvider.System, NullLogger.Instance);
        var target = new HttpTarget(id, "dav", new HttpTargetOptions { Source = options }, TimeProvider.System, NullLogger.Instance);
        var harness = new FolderHarness(files, VirtualPath.Of(folder), source, ownsFolder: false, isShared: true);
        harness.PutDirectory(VirtualPath.Root);
        return new(new TargetHarness(target, harness, target.Dispose));
    }
}
