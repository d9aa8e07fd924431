using VirtualView.Core.Versions;

namespace VirtualView.Simulation.History;

/// <summary>A block was given to the block store.</summary>
public sealed record PutEvent(DateTimeOffset At, int Life, VersionId Version, long Offset, ReadOnlyMemory<byte> Bytes)
    : HistoryEvent(At, Life)
{
    public override string Show() => Show($"put {Version} [{Offset}, {Offset + Bytes.Length}) {HistoryRecorder.Hash(Bytes.Span)}");
}
