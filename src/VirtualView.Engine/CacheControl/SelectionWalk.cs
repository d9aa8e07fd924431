using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Snapshots;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.CacheControl;

/// <summary>One walk over the view after what one glob means, level by level.</summary>
internal sealed class SelectionWalk(
    PathGlob glob, bool mayAsk, int callsAtOnce, SnapshotKeeper keeper, DirectoryLister lister, FileResolver resolver, IProgress<CacheProgress>? progress)
{
    private readonly Budget _places = new(callsAtOnce);
    private List<(VirtualPath Path, ulong State)> _below = [];
    private long _walked;

    public List<SelectedFile> Files { get; } = [];

    public List<PathProblem> Problems { get; } = [];

    public bool HasMatched { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        HasMatched = glob.IsMatch(glob.Start);
        _below.Add((VirtualPath.Root, glob.Start));
        while (_below.Count > 0)
        {
            var level = _below;
            _below = [];
            var errors = await Task.WhenAll(level.Select(at => ListAsync(at.Path, cancel)));
            var unresolved = new List<VirtualPath>();
            for (var at = 0; at < level.Count; at++)
            {
                cancel.ThrowIfCancellationRequested();
                Enter(level[at].Path, level[at].State, errors[at], unresolved);
            }

            var answers = await Task.WhenAll(unresolved.Select(path => ResolveAsync(path, cancel)));
            for (var at = 0; at < unresolved.Count; at++)
                Take(unresolved[at], answers[at]);
            progress?.Report(new CacheProgress("select", "directories", _walked += level.Count, 0, 0, 0));
        }
    }

    private void Enter(VirtualPath path, ulong state, FileSystemError error, List<VirtualPath> unresolved)
    {
        if (error != FileSystemError.None)
        {
            Problems.Add(PathProblem.Of(path, error));
            return;
        }

        if (keeper.Current.Find(path) is not DirectoryNode directory) return;
        if (glob.TryGetOnlyName(state, out var only))
        {
            if (directory.Find(only) is { } entry) Meet(path, entry, glob.Step(state, only), unresolved);
            return;
        }

        foreach (var entry in directory.Children)
        {
            if (glob.Step(state, entry.Name) is not 0 and var next) Meet(path, entry, next, unresolved);
        }
    }

    private void Meet(VirtualPath directory, SnapshotNode entry, ulong state, List<VirtualPath> unresolved)
    {
        var isMatch = glob.IsMatch(state);
        HasMatched |= isMatch;
        switch (entry)
        {
            case DirectoryNode:
                _below.Add((directory / entry.Name, state));
                break;
            case FileNode file when isMatch:
                if (mayAsk && FileResolver.NeedsResolving(file)) unresolved.Add(directory / entry.Name);
                else if (file.Version is { } version) Files.Add(new SelectedFile(directory / entry.Name, version));
                break;
            case SymlinkNode link when isMatch && IsNamed(directory / entry.Name):
                Problems.Add(PathProblem.Of(directory / entry.Name, $"it is a symbolic link: name what it leads to, {ByteText.Show(link.Target.AsSpan())}"));
                break;
        }
    }

    /// <summary>Only where the glob is this very path: of links below a directory nothing is said.</summary>
    private bool IsNamed(VirtualPath path) => glob.ToString() == path.ToString();

    /// <summary>A version that was seen before is good enough where nobody can be asked.</summary>
    private void Take(VirtualPath path, FileSystemError error)
    {
        if (keeper.Current.Find(path) is FileNode { Version: { } version }) Files.Add(new SelectedFile(path, version));
        else Problems.Add(PathProblem.Of(path, error == FileSystemError.None ? FileSystemError.NotFound : error));
    }

    private async Task<FileSystemError> ListAsync(VirtualPath path, CancellationToken cancel)
    {
        if (!mayAsk || keeper.Current.Find(path) is not DirectoryNode { IsListed: false }) return FileSystemError.None;
        await _places.TakeAsync(1, cancel);
        try
        {
            return await lister.ListAsync(path, cancel);
        }
        finally
        {
            _places.Return(1);
        }
    }

    private async Task<FileSystemError> ResolveAsync(VirtualPath path, CancellationToken cancel)
    {
        await _places.TakeAsync(1, cancel);
        try
        {
            return await resolver.ResolveAsync(path, cancel);
        }
        finally
        {
            _places.Return(1);
        }
    }
}
