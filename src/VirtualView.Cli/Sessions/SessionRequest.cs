namespace VirtualView.Cli.Sessions;

/// <summary>What <c>run</c> asks of the daemon, with the device that it mounted.</summary>
/// <param name="Snapshot">A number or name; null where a kept session says which.</param>
/// <param name="Session">One that was kept; null for a new one.</param>
/// <param name="At">Where it is mounted, in the namespace of the program.</param>
/// <param name="Keep">Whether what is written outlives the program.</param>
internal sealed record SessionRequest(string? Snapshot, string? Session, string At, bool Keep);
