namespace VirtualView.Engine.CacheControl;

/// <summary>What a prefetch has done so far. Requests end on any thread.</summary>
internal sealed class PrefetchTally(int files, long bytes, IProgress<CacheProgress>? progress)
{
    private readonly Lock _gate = new();
    private readonly List<PathProblem> _problems = []; // this and all below guarded by _gate
    private long _filesDone;
    private long _present;
    private long _fetched;

    public long Present => Get(() => _present);

    public long Fetched => Get(() => _fetched);

    /// <summary>To be read when all requests have ended.</summary>
    public IReadOnlyList<PathProblem> Problems => _problems;

    public void WasPresent(long count) => Change(() => _present += count);

    public void CameIn(long count) => Change(() => _fetched += count);

    public void FileEnded(PathProblem? problem) => Change(() =>
    {
        _filesDone++;
        if (problem is not null) _problems.Add(problem);
    });

    private T Get<T>(Func<T> value)
    {
        lock (_gate)
            return value();
    }

    private void Change(Action change)
    {
        CacheProgress now;
        lock (_gate)
        {
            change();
            now = new CacheProgress("fetch", "files", _filesDone, files, _present + _fetched, bytes);
        }

        progress?.Report(now);
    }
}
