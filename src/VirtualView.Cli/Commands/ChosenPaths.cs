using VirtualView.Cli.Daemons;

namespace VirtualView.Cli.Commands;

/// <summary>A living daemon, and the paths in its view that a command is about.</summary>
internal sealed record ChosenPaths(DaemonRecord Daemon, IReadOnlyList<string> Paths);
