using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Options;
using VirtualView.Engine.Polling.Pacing;

namespace VirtualView.Engine.Polling;

/// <summary>
/// Asks the sources again for what is looked into or opened, where the last time is longer ago than the poll interval. Who
/// looks waits for it, but not long, and where the sources are silent not twice: what is known is shown then.
/// </summary>
internal sealed class Revalidation(
    DirectoryLister lister, FileResolver resolver, PaceTable paces, WorkSet work, LivePolls polls, TimeSpan fetchTimeout, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly TimeSpan _wait = fetchTimeout < LongestWait ? fetchTimeout : LongestWait;
    private readonly FileQuestions _files = new(clock);
    private readonly Lock _gate = new();
    private readonly Dictionary<DirectoryPaces, DateTimeOffset> _silentSince = []; // guarded by _gate

    /// <summary>True when who looks into the directory should not be told what is known. It is noted as used.</summary>
    public bool IsDue(VirtualPath directory) =>
        paces.For(directory) is { } mapping && !mapping.Use(directory) && polls.Now.Revalidate != RevalidateRule.Never && !IsSilent(mapping);

    /// <summary>The same for who opens a file, once its name led to it.</summary>
    public bool IsDueToOpen(VirtualPath file)
    {
        if (paces.For(file.Parent) is not { } mapping) return false;
        var (rule, isFresh) = (polls.Now.Revalidate, mapping.Use(file.Parent));
        if (rule == RevalidateRule.Never || IsSilent(mapping)) return false;
        return rule == RevalidateRule.Always || (!isFresh && !_files.IsFresh(file, mapping.Interval));
    }

    public async ValueTask DirectoryAsync(VirtualPath directory, CancellationToken cancel)
    {
        if (paces.For(directory) is not { } mapping) return;
        mapping.Wanted(directory);
        await WaitAsync(mapping, lister.ListAsync(directory, CancellationToken.None).AsTask(), cancel);
    }

    public async ValueTask FileAsync(VirtualPath file, CancellationToken cancel)
    {
        if (paces.For(file.Parent) is not { } mapping) return;
        mapping.Wanted(file.Parent);
        var asked = _files.Ask(file, mapping.Interval, answer => work.TryStart("ask for a file that is opened", async stop =>
        {
            try
            {
                await resolver.ResolveAsync(file, stop);
            }
            finally
            {
                answer();
            }
        }));
        await WaitAsync(mapping, asked, cancel);
    }

    private async ValueTask WaitAsync(DirectoryPaces mapping, Task<FileSystemError> asked, CancellationToken cancel)
    {
        try
        {
            await asked.WithinAsync(_wait, clock, cancel);
            lock (_gate)
                _silentSince.Remove(mapping);
        }
        catch (TimeoutException)
        {
            lock (_gate)
                _silentSince[mapping] = clock.GetUtcNow();
        }
    }

    private bool IsSilent(DirectoryPaces mapping)
    {
        lock (_gate)
            return _silentSince.TryGetValue(mapping, out var since) && clock.GetUtcNow() - since < mapping.Interval;
    }
}
