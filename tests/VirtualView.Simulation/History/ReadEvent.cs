using VirtualView.Core.FileSystem;

namespace VirtualView.Simulation.History;

/// <summary>A reader asked for bytes, and got these.</summary>
public sealed record ReadEvent(
    DateTimeOffset At, int Life, HandleId Handle, DateTimeOffset BeganAt, long Offset, int Asked, ReadOnlyMemory<byte> Bytes)
    : HistoryEvent(At, Life)
{
    public override string Show() => Show(Handle, $"read [{Offset}, {Offset + Asked}) gave {Bytes.Length} B {HistoryRecorder.Hash(Bytes.Span)}");
}
