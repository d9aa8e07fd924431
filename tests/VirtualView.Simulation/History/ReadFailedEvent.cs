using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;

namespace VirtualView.Simulation.History;

/// <summary>A reader asked for bytes, and got an error.</summary>
public sealed record ReadFailedEvent(DateTimeOffset At, int Life, HandleId Handle, long Offset, int Asked, FileSystemError Error, bool MayBeInterrupted)
    : HistoryEvent(At, Life)
{
    public override string Show() => Show(Handle, $"read [{Offset}, {Offset + Asked}) failed: {Error}");
}
