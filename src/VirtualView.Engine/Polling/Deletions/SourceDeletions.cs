using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;

namespace VirtualView.Engine.Polling.Deletions;

/// <summary>
/// What one source lacks of what the view shows of it, by directory, and whether that is too much. Not safe for several
/// threads: the guard holds its lock.
/// </summary>
internal sealed class SourceDeletions
{
    /// <summary>A loss of so few is believed whatever share it is: else a source of three files could never lose one.</summary>
    public const int AlwaysBelieved = 3;

    /// <summary>More than one in so many is held back.</summary>
    private const int Share = 5;

    /// <summary>So long a loss counts together with those that follow: what goes slowly goes as well.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Dictionary<VirtualPath, MissingEntries> _missing = [];
    private DateTimeOffset _mostAt;
    private bool _isEmptyRootTold;

    public IReadOnlyCollection<VirtualPath> Directories => _missing.Keys;

    public bool IsNothing => _missing.Count == 0;

    /// <summary>Null while nothing is held back.</summary>
    public DateTimeOffset? HeldSince { get; private set; }

    /// <summary>The most that the source had within the window: what a loss is a share of.</summary>
    public FileCount Most { get; private set; }

    /// <summary>True when an empty root was known before someone began to accept deletions.</summary>
    public bool MayAcceptEmptyRoot => _isEmptyRootTold && IsRootEmpty;

    public bool IsRootEmpty => _missing.Values.Any(missing => missing.IsRootEmpty);

    /// <summary>The topmost ones: what lies below something that is missing is counted with it.</summary>
    public IEnumerable<KeyValuePair<VirtualPath, MissingEntries>> Topmost => _missing.Where(missing => !IsBelowMissing(missing.Key));

    public FileCount Missing => Topmost.Aggregate(default(FileCount), (sum, missing) => sum + missing.Value.Files);

    public MissingEntries? Find(VirtualPath directory) => _missing.GetValueOrDefault(directory);

    public void Set(VirtualPath directory, MissingEntries missing) => _missing[directory] = missing;

    public void Clear(VirtualPath directory)
    {
        _missing.Remove(directory);
        _isEmptyRootTold &= IsRootEmpty;
    }

    /// <summary>Someone is about to accept what has been told by now.</summary>
    public void BeginAccepting() => _isEmptyRootTold = IsRootEmpty;

    /// <summary>
    /// Forgets what is out of the view: with a directory above it, or because it has just gone and that was not told yet.
    /// What is judged next must be counted in the same snapshot, or it counts twice.
    /// </summary>
    public void Prune(Snapshot current)
    {
        foreach (var (path, missing) in _missing.ToList())
        {
            if (current.Find(path) is not DirectoryNode directory || missing.Names.All(name => directory.Find(name) is null)) _missing.Remove(path);
        }
    }

    /// <summary>True when the path, or a directory above it, is one of the missing.</summary>
    public bool Lacks(VirtualPath path)
    {
        if (_missing.Count == 0) return false;
        for (var at = path; !at.IsRoot; at = at.Parent)
        {
            if (_missing.TryGetValue(at.Parent, out var missing) && missing.Names.Contains(at.Name)) return true;
        }

        return false;
    }

    /// <summary>Decides anew. True when what is missing is held back.</summary>
    /// <param name="known">What the source has in the view now, the missing among it.</param>
    /// <param name="more">What is missing beyond what was noted.</param>
    public bool Judge(FileCount known, FileCount more, DateTimeOffset now)
    {
        if (now - _mostAt > Window) (Most, _mostAt) = (known, now);
        Most = new FileCount(Math.Max(Most.Own, known.Own), Math.Max(Most.Doubtful, known.Doubtful));
        var missing = Missing + more;
        return IsRootEmpty || IsTooMuch(missing.Own, Most.Own - known.Own, Most.Own) || IsTooMuch(missing.Doubtful, Most.Doubtful - known.Doubtful, Most.Doubtful);
    }

    /// <summary>True when this is news.</summary>
    public bool Hold(DateTimeOffset now)
    {
        if (HeldSince is not null) return false;
        HeldSince = now;
        return true;
    }

    /// <summary>True when something was held back until now.</summary>
    public bool Release()
    {
        var wasHeld = HeldSince is not null;
        HeldSince = null;
        return wasHeld;
    }

    /// <summary>What was accepted counts for nothing that follows.</summary>
    public void Accepted() => (Most, _mostAt) = (default, default);

    private static bool IsTooMuch(long missing, long gone, long most) =>
        missing > 0 && gone + missing > Math.Max(AlwaysBelieved, most / Share);

    private bool IsBelowMissing(VirtualPath directory) => !directory.IsRoot && Lacks(directory);
}
