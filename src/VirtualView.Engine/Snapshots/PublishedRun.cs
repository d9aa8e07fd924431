using VirtualView.Core.Snapshots;

namespace VirtualView.Engine.Snapshots;

/// <summary>The last snapshot of a run, and the first number of it.</summary>
internal sealed record PublishedRun(Snapshot Last, long First);
