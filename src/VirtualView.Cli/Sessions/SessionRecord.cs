namespace VirtualView.Cli.Sessions;

/// <summary>What stands in a session's folder, so that it can be continued.</summary>
internal sealed record SessionRecord(long Snapshot, DateTimeOffset StartedAt);
