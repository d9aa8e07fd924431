using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Testing.Sources;

/// <param name="wrap">What is put around the memory before it is tested.</param>
public sealed class MemoryHarness(MemorySource memory, Func<MemorySource, ISource> wrap) : SourceHarness
{
    public override ISource Source { get; } = wrap(memory);

    public override void PutFile(VirtualPath path, ReadOnlySpan<byte> content, UnixTime modifiedAt) => memory.PutFile(path, content, modifiedAt);

    public override void PutDirectory(VirtualPath path) => memory.PutDirectory(path);

    public override void Remove(VirtualPath path) => memory.Remove(path);
}
