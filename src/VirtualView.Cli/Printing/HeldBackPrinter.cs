using VirtualView.Engine.Status;

namespace VirtualView.Cli.Printing;

/// <summary>A deletion that is not believed, for people: what, how much, since when, what to do.</summary>
internal static class HeldBackPrinter
{
    private const int MostPaths = 3;

    public static string Sentence(HeldBack held)
    {
        var paths = string.Join(", ", held.Paths.Take(MostPaths)) + (held.Paths.Length > MostPaths ? ", ..." : "");
        var what = held.IsRootEmpty ? "lists nothing, and held" : "does not list";
        var how = held.IsRootEmpty ? $"{held.Missing}" : $"{held.Missing} of {held.Known}";
        var mend = held.IsRootEmpty ? "look whether its export is mounted" : "look whether its export is the right one";
        return $"{held.Source}: {what} {how} known entries ({paths}) since {held.Since:yyyy-MM-dd HH:mm:ss'Z'}; they stay in the view: {mend}, or accept that they are gone with 'virtualview sync --accept-deletions'";
    }
}
