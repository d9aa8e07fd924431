namespace VirtualView.Cli.Sessions;

/// <summary>What the daemon says to <c>run</c>: the session that it serves, or why it serves none.</summary>
/// <param name="Name">Of the session.</param>
internal sealed record SessionAnswer(string? Name, long? Snapshot, string? Error)
{
    public static SessionAnswer Refused(string why) => new(null, null, why);
}
