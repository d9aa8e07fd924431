using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Polling;

/// <summary>Which files are being asked for alone, so that many who open one ask once, and which were a moment ago.</summary>
internal sealed class FileQuestions(TimeProvider clock)
{
    /// <summary>So many are remembered; beyond that those are forgotten that are out of date.</summary>
    private const int MostRemembered = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<VirtualPath, Task<FileSystemError>> _running = []; // guarded by _gate, as all below
    private readonly Dictionary<VirtualPath, DateTimeOffset> _askedAt = [];

    public bool IsFresh(VirtualPath file, TimeSpan interval)
    {
        lock (_gate)
            return _askedAt.TryGetValue(file, out var at) && clock.GetUtcNow() - at < interval;
    }

    /// <summary>Joins the question for a file, or begins it by <paramref name="start"/>, which is given what to call at the end.</summary>
    public Task<FileSystemError> Ask(VirtualPath file, TimeSpan interval, Func<Action, bool> start)
    {
        TaskCompletionSource<FileSystemError> answered;
        lock (_gate)
        {
            if (_running.TryGetValue(file, out var running)) return running;
            answered = new TaskCompletionSource<FileSystemError>(TaskCreationOptions.RunContinuationsAsynchronously);
            _running[file] = answered.Task;
        }

        if (!start(End)) End();
        return answered.Task;

        void End()
        {
            lock (_gate)
            {
                _running.Remove(file);
                if (_askedAt.Count >= MostRemembered) ForgetLocked(interval);
                _askedAt[file] = clock.GetUtcNow();
            }

            answered.SetResult(FileSystemError.None);
        }
    }

    private void ForgetLocked(TimeSpan interval)
    {
        var now = clock.GetUtcNow();
        foreach (var (file, at) in _askedAt)
        {
            if (now - at >= interval || _askedAt.Count >= 2 * MostRemembered) _askedAt.Remove(file);
        }
    }
}
