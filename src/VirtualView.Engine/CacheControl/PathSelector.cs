using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Overlay.Names;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.CacheControl;

/// <summary>
/// From paths and globs to files: an entry of that name if there is one, else what the glob matches; a directory means
/// all below it. What was moved here is found where it lies at the sources. Symbolic links are not followed: what they lead to has a path of its own.
/// </summary>
internal sealed class PathSelector(MergedPaths places, SnapshotKeeper keeper, DirectoryLister lister, FileResolver resolver)
{
    private const int CallsAtOnce = 8;

    /// <summary>Where at the sources that lies which shows at a path: what is kept is kept of them.</summary>
    public VirtualPath SourceOf(VirtualPath path) => places.PlaceOf(path).Source ?? path;

    /// <summary>A glob for a path, or why it cannot be one.</summary>
    public (PathGlob? Glob, PathProblem? Problem) GlobOf(VirtualPath path)
    {
        var isGlob = IsGlob(path);
        return (isGlob ? PathGlob.Of(path) : PathGlob.Exactly(path)) is { } glob
            ? (glob, null)
            : (null, PathProblem.Of(path, $"it has more than {PathGlob.MaxNames} names: name a directory above it"));
    }

    /// <summary>An entry whose name looks like a glob is that entry.</summary>
    public bool IsGlob(VirtualPath path) => PathGlob.IsPattern(path) && keeper.Current.Find(path) is null;

    /// <param name="mayAsk">Whether to list directories that were never looked into, and to ask for files of which only the name is known.</param>
    public async ValueTask<Selection> SelectAsync(
        ImmutableArray<VirtualPath> paths, bool mayAsk, IProgress<CacheProgress>? progress, CancellationToken cancel)
    {
        var selection = new Selection();
        var found = new HashSet<VirtualPath>();
        foreach (var path in paths)
        {
            var place = places.PlaceOf(path);
            // Wholly local: there is nothing of it in the cache, and nothing to fetch.
            if (place is { Inode: not null, Source: null }) continue;
            if (place.Source is not { } source)
            {
                selection.Problems.Add(Missing(path));
                continue;
            }

            var (glob, problem) = GlobOf(source);
            if (glob is null)
            {
                selection.Problems.Add(problem!);
                continue;
            }

            var walk = new SelectionWalk(glob, mayAsk, CallsAtOnce, keeper, lister, resolver, progress);
            await walk.RunAsync(cancel);
            selection.Problems.AddRange(walk.Problems);
            foreach (var file in walk.Files)
            {
                if (found.Add(file.Path)) selection.Files.Add(file);
            }

            if (!walk.HasMatched && walk.Problems.Count == 0) selection.Problems.Add(Missing(path));
        }

        return selection;
    }

    private PathProblem Missing(VirtualPath path) =>
        PathProblem.Of(path, IsGlob(path) ? "nothing in the view matches it" : "there is no such file or folder in the view");
}
