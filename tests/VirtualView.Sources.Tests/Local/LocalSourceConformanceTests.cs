using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Sources.Local;
using VirtualView.Testing.Files;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Local;

public sealed class LocalSourceConformanceTests : SourceConformanceTests
{
    protected override ValueTask<SourceHarness> StartAsync()
    {
        var folder = new HostFolder();
        var options = new LocalSourceOptions { Path = folder.Path };
        var source = new LocalSource(new SourceId(Guid.NewGuid()), "twin", options, TimeProvider.System, NullLogger.Instance);
        return new(new FolderHarness(folder, VirtualPath.Root, source, ownsFolder: true));
    }
}
