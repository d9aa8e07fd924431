using System.Collections.Immutable;
using VirtualView.Engine.Status;

namespace VirtualView.Service.Answers;

/// <summary>The snapshots before and after a poll, what kept sources from answering, in words, and the deletions that were not believed.</summary>
public sealed record SyncAnswer(long SnapshotBefore, long Snapshot, ImmutableArray<string> Problems, ImmutableArray<HeldBack> HeldBack);
