using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Polling.Names;

/// <summary>
/// Asks for files that a listing only named. One that is asked for alone costs one question; who goes through a
/// directory name by name, as <c>ls -l</c> does, finds the next ones known already.
/// </summary>
internal sealed class NamesAhead(SnapshotKeeper keeper, FileResolver resolver, WorkSet work, TimeProvider clock)
{
    /// <summary>So many directories are remembered; beyond that it starts anew.</summary>
    private const int MostWalks = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<VirtualPath, DirectoryWalk> _walks = []; // guarded by _gate, as what is in it and below
    private readonly Dictionary<VirtualPath, NameBatch> _running = [];

    /// <summary>Asks for the file, or joins who does. The question belongs to no caller: a cancelled one only stops waiting.</summary>
    public async ValueTask<FileSystemError> ResolveAsync(VirtualPath directory, PathName name, CancellationToken cancel)
    {
        var file = directory / name;
        if (Join(directory, name) is { } asked)
        {
            var error = await asked.WithinAsync(cancel);
            if (error != FileSystemError.None || keeper.Current.Find(file) is not FileNode { HasVersion: false }) return error;
        }

        // Another one by now, or only looked at ahead: this very one, then.
        return await resolver.ResolveAsync(file, cancel);
    }

    /// <summary>Null when there is nothing to join: the name is not what it was, or the engine stops.</summary>
    private Task<FileSystemError>? Join(VirtualPath directory, PathName name)
    {
        NameBatch batch;
        lock (_gate)
        {
            // An answer from before the question is not one to it, for what failed may go well by now.
            if (_running.TryGetValue(directory / name, out var running)) return running.WaitAsync(name) is { IsCompleted: false } awaited ? awaited : null;
            if (keeper.Current.Find(directory) is not DirectoryNode listing || listing.Find(name) is not FileNode { HasVersion: false }) return null;
            // None is asked for twice at a time.
            var names = WalkLocked(directory).Next(listing, name).RemoveAll(other => _running.ContainsKey(directory / other));
            batch = new NameBatch(directory, names, keeper, resolver, clock);
            if (!work.TryStart("ask for names", stop => RunAsync(directory, batch, stop))) return null;
            foreach (var each in names)
                _running.Add(directory / each, batch);
        }

        return batch.WaitAsync(name);
    }

    private async Task RunAsync(VirtualPath directory, NameBatch batch, CancellationToken stop)
    {
        try
        {
            await batch.RunAsync(stop);
        }
        finally
        {
            lock (_gate)
            {
                foreach (var name in batch.Names)
                    _running.Remove(directory / name);
                if (batch.HasStumbled) WalkLocked(directory).Stumble();
            }
        }
    }

    private DirectoryWalk WalkLocked(VirtualPath directory)
    {
        if (_walks.TryGetValue(directory, out var walk)) return walk;
        if (_walks.Count >= MostWalks) _walks.Clear();
        return _walks[directory] = new DirectoryWalk();
    }
}
