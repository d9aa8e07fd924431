using VirtualView.Core.Versions;
using VirtualView.Testing.Sources;
using VirtualView.Testing.Sources.Writing;

namespace VirtualView.Sources.Tests.Testing;

/// <summary>The target that engine tests write to does what real ones do.</summary>
public sealed class MemoryTargetConformanceTests : TargetConformanceTests
{
    protected override ValueTask<TargetHarness> StartAsync()
    {
        var memory = new MemorySource(new SourceId(Guid.NewGuid()), "memory");
        var target = new FaultyTarget(new MemoryTarget(memory), TimeProvider.System);
        return new(new TargetHarness(target, new MemoryHarness(memory, static inner => inner), static () => { }));
    }
}
