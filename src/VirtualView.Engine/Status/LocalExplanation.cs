using VirtualView.Engine.Overlay.Changes;

namespace VirtualView.Engine.Status;

/// <summary>What of a file is local.</summary>
/// <param name="Change">What became of it, compared with the sources: a word as <see cref="WordFor"/> gives it.</param>
/// <param name="BasePath">Where at the sources that lies which shows where nothing was written; null for what was made here.</param>
/// <param name="WrittenBytes">How many bytes were written here.</param>
/// <param name="IsOutdated">The sources have something else by now than what it was made from.</param>
public sealed record LocalExplanation(string Change, string? BasePath, long WrittenBytes, bool IsOutdated)
{
    public static string WordFor(LocalChangeKind kind) => kind switch
    {
        LocalChangeKind.Added => "added",
        LocalChangeKind.Modified => "modified",
        LocalChangeKind.Attributes => "attributes",
        LocalChangeKind.Moved => "moved",
        _ => "deleted",
    };
}
