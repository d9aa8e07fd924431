using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.Runs;

/// <summary>
/// Deletes much of a source at once, and sees to it that the view does not follow unasked: of what it had shown before, a
/// fifth at most may be gone, file by file.
/// </summary>
internal sealed class MassDeletions(World world)
{
    private const RemoteFaults CannotBeListed = RemoteFaults.Unreachable | RemoteFaults.Hanging | RemoteFaults.FailingListings;

    private readonly Dictionary<int, Dictionary<VirtualPath, RemoteFile>> _deleted = [];
    private readonly HashSet<int> _known = [];
    private readonly HashSet<int> _mustStay = [];
    private readonly SortedSet<int> _touched = [];

    public bool HaveHappened => _touched.Count > 0;

    /// <summary>Only what the view knows can stay in it.</summary>
    public async Task LookBeforeAsync(Daemon daemon, int source)
    {
        _known.Remove(source);
        var left = PathNames.Ballast(source).Where(path => world.Stores[source].Find(path) is not null).ToList();
        if (left.Count < PathNames.BallastFiles || !world.ListsFully(source)) return;
        var found = await daemon.WalkAsync(world.InView(source, left[0]));
        if (found.IsOk) daemon.View.FileSystem.Forget(found.Value.Node, 1);
        if (found.IsOk && await daemon.WalkAsync(world.InView(source, left[^1])) is { IsOk: true, Value.Node: var last })
        {
            daemon.View.FileSystem.Forget(last, 1);
            _known.Add(source);
        }
    }

    public void Delete(int source, int share)
    {
        _touched.Add(source);
        if (!_deleted.TryGetValue(source, out var deleted)) _deleted[source] = deleted = [];
        foreach (var path in PathNames.Ballast(source).Take(PathNames.BallastFiles * share / 100))
        {
            if (world.Stores[source].Find(path) is not { } file) continue;
            deleted[path] = file;
            world.Stores[source].Delete(path);
        }

        if (_known.Contains(source)) _mustStay.Add(source);
    }

    public void Restore(int source)
    {
        _mustStay.Remove(source);
        if (!_deleted.Remove(source, out var deleted)) return;
        foreach (var (path, file) in deleted)
            world.Stores[source].Copy(path, file);
    }

    /// <summary>What is missing may go now, but not what a source lacks that cannot be asked whether it is missing.</summary>
    public void Accept() => _mustStay.RemoveWhere(source => (world.Stores[source].Faults & CannotBeListed) == 0);

    /// <summary>What a crash took from the view is not in it.</summary>
    public void Forget() => _mustStay.Clear();

    /// <summary>What was accepted is gone, and it alone.</summary>
    public async Task CheckAcceptedAsync(Daemon daemon, List<Violation> violations)
    {
        foreach (var source in _touched)
        {
            foreach (var path in PathNames.Ballast(source))
            {
                var found = await daemon.WalkAsync(world.InView(source, path));
                if (found.IsOk) daemon.View.FileSystem.Forget(found.Value.Node, 1);
                var isThere = world.Stores[source].Find(path) is not null;
                if (found.Error != (isThere ? FileSystemError.None : FileSystemError.NotFound))
                    violations.Add(new Violation("what is accepted goes", $"{path} is {(isThere ? "there" : "deleted")}, and its lookup ends with {found.Error}"));
            }
        }
    }

    public async Task CheckAsync(Daemon daemon, List<Violation> violations)
    {
        foreach (var source in _mustStay.Order())
        {
            var gone = new List<VirtualPath>();
            foreach (var path in _deleted[source].Keys.Order())
            {
                var found = await daemon.WalkAsync(world.InView(source, path));
                if (found.IsOk) daemon.View.FileSystem.Forget(found.Value.Node, 1);
                else gone.Add(path);
            }

            var most = (PathNames.BallastFiles + PathNames.All.Length) / 5;
            if (gone.Count > most)
                violations.Add(new Violation("mass deletion is held back", $"of {_deleted[source].Count} files that went at once, {gone.Count} are gone: {gone[0]}, ..."));
        }
    }
}
