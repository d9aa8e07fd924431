using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Snapshots;

namespace VirtualView.Engine.Polling.Names;

/// <summary>
/// Names of one directory that are asked for together: the first because somebody waits for it, the others because they
/// will probably be asked for next. What is known is published all at once; where that takes long, in growing parts.
/// </summary>
internal sealed class NameBatch
{
    /// <summary>After so long who waits is not kept waiting for the others; twice as long for each further part.</summary>
    private static readonly TimeSpan FirstPart = TimeSpan.FromMilliseconds(50);

    private readonly VirtualPath _directory;
    private readonly ImmutableArray<PathName> _names;
    private readonly SnapshotKeeper _keeper;
    private readonly FileResolver _resolver;
    private readonly TimeProvider _clock;
    private readonly Dictionary<PathName, TaskCompletionSource<FileSystemError>> _waiters;
    private readonly Lock _gate = new();
    private List<FileAnswer> _answers = []; // guarded by _gate: what is not published yet
    private volatile bool _isSilent;

    public NameBatch(VirtualPath directory, ImmutableArray<PathName> names, SnapshotKeeper keeper, FileResolver resolver, TimeProvider clock)
    {
        (_directory, _names, _keeper, _resolver, _clock) = (directory, names, keeper, resolver, clock);
        _waiters = names.ToDictionary(name => name, _ => new TaskCompletionSource<FileSystemError>(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    public ImmutableArray<PathName> Names => _names;

    /// <summary>True when something asked ahead was not there, or could not be asked for.</summary>
    public bool HasStumbled { get; private set; }

    /// <summary>
    /// Ends when the snapshot says what is known of the name: the error if it could not be asked for. A name that was
    /// asked ahead and is not there, or not asked in the end, has no error and stays as it was.
    /// </summary>
    public Task<FileSystemError> WaitAsync(PathName name) => _waiters[name].Task;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            var all = Task.WhenAll(_names.Select((name, at) => AskAsync(name, isAhead: at > 0, stop)));
            for (var pause = FirstPart; !await IsEndedAsync(all, pause, stop); pause *= 2)
                Publish();
            Publish();
        }
        finally
        {
            foreach (var waiter in _waiters.Values)
                waiter.TrySetResult(stop.IsCancellationRequested ? FileSystemError.Interrupted : FileSystemError.None);
        }
    }

    private async Task<bool> IsEndedAsync(Task<bool[]> all, TimeSpan pause, CancellationToken stop)
    {
        try
        {
            // One alone keeps nobody waiting but those who want it.
            _ = _names.Length == 1 ? await all : await all.WithinAsync(pause, _clock, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>False where it was not asked for.</summary>
    private async Task<bool> AskAsync(PathName name, bool isAhead, CancellationToken stop)
    {
        // A source that falls silent would cost a time-out each.
        var asked = await _resolver.AskAsync(_directory / name, isAhead, () => isAhead && _isSilent, stop);
        if (asked is not { } answer) return false;
        _isSilent |= answer.IsSilence;
        if (isAhead && answer.Error != FileSystemError.None)
        {
            HasStumbled = true;
            // That something is not there is believed when somebody wants that very name.
            _waiters[name].TrySetResult(answer.Error == FileSystemError.NotFound ? FileSystemError.None : answer.Error);
            return true;
        }

        lock (_gate)
            _answers.Add(answer);
        return true;
    }

    private void Publish()
    {
        List<FileAnswer> answers;
        lock (_gate)
            (answers, _answers) = (_answers, []);
        if (answers is [var only]) _keeper.Update(_directory / only.Name, only.Into);
        else if (answers.Count > 0) PublishAll(answers);
        foreach (var answer in answers)
            _waiters[answer.Name].TrySetResult(answer.Error);
    }

    private void PublishAll(List<FileAnswer> answers)
    {
        // The name that somebody waits for may be gone; all others are there.
        foreach (var gone in answers.Where(answer => answer is { Failure: null, Now: null }))
            _keeper.Update(_directory / gone.Name, gone.Into);
        _keeper.Update(_directory, node => node is DirectoryNode now ? now.WithAll(Changes(now, answers)) : node);
    }

    private static IEnumerable<SnapshotNode> Changes(DirectoryNode now, List<FileAnswer> answers) =>
        answers.Where(answer => now.Find(answer.Name) is { } entry && ReferenceEquals(entry, answer.Before)).Select(answer => answer.Into(answer.Before)).OfType<SnapshotNode>();
}
