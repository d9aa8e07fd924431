namespace VirtualView.Cli.Daemons;

/// <summary>A living daemon, and where in its view the path that led to it lies.</summary>
internal sealed record FoundDaemon(DaemonRecord Record, string PathInView);
