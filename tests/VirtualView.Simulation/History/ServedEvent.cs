using VirtualView.Core.FileSystem;
using VirtualView.Core.Versions;

namespace VirtualView.Simulation.History;

/// <summary>The engine says that it gave these bytes to a reader.</summary>
public sealed record ServedEvent(DateTimeOffset At, int Life, HandleId Handle, VersionId Version, long Offset, ReadOnlyMemory<byte> Bytes)
    : HistoryEvent(At, Life)
{
    public override string Show() => Show(Handle, $"served {Version} [{Offset}, {Offset + Bytes.Length}) {HistoryRecorder.Hash(Bytes.Span)}");
}
