using System.Collections.Immutable;

namespace VirtualView.Service.Answers;

/// <summary>The snapshots before and after a poll, and what kept sources from answering, in words.</summary>
public sealed record SyncAnswer(long SnapshotBefore, long Snapshot, ImmutableArray<string> Problems);
