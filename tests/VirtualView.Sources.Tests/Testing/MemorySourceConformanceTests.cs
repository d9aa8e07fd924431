using VirtualView.Core.Versions;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Testing;

/// <summary>The fakes behave as the real sources do, so that what is tested with them holds.</summary>
public sealed class MemorySourceConformanceTests : SourceConformanceTests
{
    protected override ValueTask<SourceHarness> StartAsync() =>
        new(new MemoryHarness(new MemorySource(new SourceId(Guid.NewGuid()), "memory"), memory => new FaultySource(memory, TimeProvider.System)));
}
