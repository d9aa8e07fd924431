namespace VirtualView.Cli.Sessions;

/// <summary>What stands in a session's folder, so that it can be continued, or swept away.</summary>
internal sealed record SessionRecord(string Snapshot, bool IsKept, DateTimeOffset StartedAt);
