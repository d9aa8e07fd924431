using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Sources.Local;
using VirtualView.Sources.Local.Writing;
using VirtualView.Testing.Files;
using VirtualView.Testing.Sources;
using VirtualView.Testing.Sources.Writing;

namespace VirtualView.Sources.Tests.Local;

public sealed class LocalTargetConformanceTests : TargetConformanceTests
{
    protected override ValueTask<TargetHarness> StartAsync()
    {
        var folder = new HostFolder();
        var options = new LocalSourceOptions { Path = folder.Path };
        var id = new SourceId(Guid.NewGuid());
        var source = new LocalSource(id, "nfs", options, TimeProvider.System, NullLogger.Instance);
        var target = new LocalTarget(id, "nfs", new LocalTargetOptions { Source = options }, TimeProvider.System);
        return new(new TargetHarness(target, new FolderHarness(folder, VirtualPath.Root, source, ownsFolder: true), target.Dispose));
    }
}
