namespace VirtualView.Cli.Sessions;

/// <summary>What the programs of <c>run</c> tell each other: who starts the namespace, and who mounts in it.</summary>
/// <param name="Socket">Of the daemon.</param>
/// <param name="Folder">The working directory of whoever called.</param>
/// <param name="HidesView">The snapshot stands where the view is mounted.</param>
/// <param name="OpenFiles">How many files the program may have open, as for whoever called; null where that is not known.</param>
internal sealed record SessionStart(SessionRequest Request, string Socket, string Folder, bool HidesView, ulong? OpenFiles)
{
    /// <summary>The environment variable that carries it.</summary>
    public const string Variable = "VIRTUALVIEW_SESSION";
}
