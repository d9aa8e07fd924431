using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.CacheControl;

/// <summary>
/// From paths and globs to files: an entry of that name if there is one, else what the glob matches; a directory means
/// all below it. Symbolic links are not followed: what they lead to has a path of its own.
/// </summary>
internal sealed class PathSelector(SnapshotKeeper keeper, DirectoryLister lister, FileResolver resolver)
{
    private const int CallsAtOnce = 8;

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
            var (glob, problem) = GlobOf(path);
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

            if (!walk.HasMatched && walk.Problems.Count == 0)
                selection.Problems.Add(PathProblem.Of(path, IsGlob(path) ? "nothing in the view matches it" : "there is no such file or folder in the view"));
        }

        return selection;
    }
}
