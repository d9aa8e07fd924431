namespace VirtualView.Cli.Mounting;

/// <summary>What a daemon says to whoever started it, a line each.</summary>
/// <param name="Mounted">That the view can be used.</param>
/// <param name="Warning">That something is amiss although it can; always before <paramref name="Mounted"/>.</param>
internal sealed record Announcements(Action<string> Mounted, Action<string> Warning);
