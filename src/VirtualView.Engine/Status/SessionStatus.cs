namespace VirtualView.Engine.Status;

/// <summary>A session of <c>run</c>: a snapshot with an overlay of its own.</summary>
/// <param name="At">Where it stands for the programs in it; null while none runs.</param>
/// <param name="IsKept">What is written in it outlives its programs.</param>
/// <param name="StartedAt">When it began, in whichever run of the daemon.</param>
public sealed record SessionStatus(string Name, long Snapshot, string? At, bool IsRunning, bool IsKept, DateTimeOffset StartedAt);
