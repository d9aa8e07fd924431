namespace VirtualView.Cli.Sessions;

/// <summary>A session that is about to begin, or to go on.</summary>
internal sealed record PlannedSession(string Name, string Snapshot, DateTimeOffset StartedAt, bool IsNew);
