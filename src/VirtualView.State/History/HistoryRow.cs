using VirtualView.Core.Snapshots;

namespace VirtualView.State.History;

/// <summary>A row as it was read and proved. Entries for <see cref="RowForm.Whole"/>, a step for <see cref="RowForm.Step"/>.</summary>
internal sealed record HistoryRow(long Number, RowForm Form, long Modified, bool IsListed, SnapshotNode[] Entries, BackStep? Step);
