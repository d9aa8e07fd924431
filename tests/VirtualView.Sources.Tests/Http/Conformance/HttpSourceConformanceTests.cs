using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Sources.Http;
using VirtualView.Testing.Files;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Http.Conformance;

/// <summary>Against a real server, which all tests of a class share: each has a folder of its own there.</summary>
public abstract class HttpSourceConformanceTests(HostFolder files, Uri root, ListingKind listing) : SourceConformanceTests
{
    private static int _folders;

    protected override ValueTask<SourceHarness> StartAsync()
    {
        var folder = PathName.Of($"t{Interlocked.Increment(ref _folders)}");
        files.PutDirectory(VirtualPath.Of(folder));
        var options = new HttpSourceOptions { Url = new Uri(root, $"{folder}/"), Listing = listing };
        var source = new HttpSource(new SourceId(Guid.NewGuid()), "aps", options, TimeProvider.System, NullLogger.Instance);
        return new(new FolderHarness(files, VirtualPath.Of(folder), source, ownsFolder: false));
    }
}
