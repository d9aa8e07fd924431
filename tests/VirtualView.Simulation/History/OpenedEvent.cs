using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Simulation.History;

/// <summary>A handle was opened on a version.</summary>
public sealed record OpenedEvent(DateTimeOffset At, int Life, HandleId Handle, VirtualPath Path, VersionId Version)
    : HistoryEvent(At, Life)
{
    public override string Show() => Show(Handle, $"opened {Path} as {Version}");
}
