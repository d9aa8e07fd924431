using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.Engine.Polling.Names;

/// <summary>
/// How one directory is gone through: whoever asks for one name after the other in the order of the listing is given more
/// ahead each time, whoever asks here and there nothing. Not safe for several threads.
/// </summary>
internal sealed class DirectoryWalk
{
    /// <summary>Names of one batch, at most.</summary>
    public const int MostNames = 256;

    /// <summary>So many names may be left out between two questions, as by a pattern, that they still are one after the other.</summary>
    private const int MostLeftOut = 8;

    /// <summary>No more entries are looked at between two questions: most of those may be known already.</summary>
    private const int MostLooks = 4 * MostNames;

    private PathName? _last;
    private int _names = 1;

    /// <summary>The name, and those after it in the listing that are to be asked for with it.</summary>
    public ImmutableArray<PathName> Next(DirectoryNode listing, PathName name)
    {
        var at = listing.IndexOf(name);
        _names = Follows(listing, at) ? Math.Min(2 * _names, MostNames) : 1;
        var names = ImmutableArray.CreateBuilder<PathName>();
        names.Add(name);
        for (var next = at + 1; next < listing.Children.Length && next - at <= MostLooks && names.Count < _names; next++)
        {
            if (IsOnlyNamed(listing.Children[next])) names.Add(listing.Children[next].Name);
        }

        _last = names[^1];
        return names.ToImmutable();
    }

    /// <summary>What was asked ahead was not there, or could not be asked for: the next question begins anew.</summary>
    public void Stumble() => _last = null;

    private bool Follows(DirectoryNode listing, int at)
    {
        if (_last is not { } last) return false;
        var after = listing.IndexOf(last) is >= 0 and var found ? found + 1 : ~listing.IndexOf(last);
        if (at < after || at - after > MostLooks) return false;
        var leftOut = 0;
        for (var between = after; between < at; between++)
            leftOut += IsOnlyNamed(listing.Children[between]) ? 1 : 0;
        return leftOut <= MostLeftOut;
    }

    private static bool IsOnlyNamed(SnapshotNode entry) => entry is FileNode { HasVersion: false };
}
