using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Local;

/// <summary>
/// Files of this machine or of a mounted network file system. System calls block, so each call takes a thread of the
/// pool, of which <see cref="LocalSourceOptions.MaxParallelCalls"/> at the same time. When a network file system hangs,
/// cancelled listings and stats return at once; a cancelled read returns only with the kernel, because its buffer is
/// the kernel's until then.
/// </summary>
public sealed class LocalSource : ISource
{
    private readonly LocalFolder _folder;
    private readonly SemaphoreSlim _threads;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    /// <exception cref="ArgumentException">The options are not possible.</exception>
    public LocalSource(SourceId id, string name, LocalSourceOptions options, TimeProvider clock, ILogger log)
    {
        if (options.Problems().FirstOrDefault() is { } problem) throw new ArgumentException(problem, nameof(options));
        (Id, Name, _clock, _log) = (id, name, clock, log);
        _folder = new LocalFolder(options.Path);
        _threads = new SemaphoreSlim(options.MaxParallelCalls);
    }

    public SourceId Id { get; }

    public string Name { get; }

    public string Kind => "Local";

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        var listing = await StartAsync(() => List(directory, cancel), cancel).ConfigureAwait(false);
        return _log.Noting(Name, "list", directory, await listing.WaitAsync(cancel).ConfigureAwait(false));
    }

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel)
    {
        var stat = await StartAsync(() => Stat(path), cancel).ConfigureAwait(false);
        return _log.Noting(Name, "stat", path, await stat.WaitAsync(cancel).ConfigureAwait(false));
    }

    public async ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        var read = await StartAsync(() => Read(path, range, expected, sink, cancel), cancel).ConfigureAwait(false);
        return _log.Noting(Name, "read", path, await read.ConfigureAwait(false));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SourceOutcome<IReadOnlyList<SourceEntry>> List(VirtualPath path, CancellationToken cancel)
    {
        var opened = _folder.OpenDirectory(path);
        if (!opened.IsOk) return opened.Error;
        using var directory = opened.Value;
        return new DirectoryLister(directory, path, Now()).List(cancel);
    }

    private SourceOutcome<SourceEntry> Stat(VirtualPath path)
    {
        var found = _folder.Stat(path);
        if (!found.IsOk) return found.Error;
        if (found.Value.Kind is not { } kind) return new SourceError(SourceErrorKind.NotFound, $"{path} is neither file, directory nor link");
        if (kind != EntryKind.Symlink) return LocalEntry.From(path.Name, found.Value, [], Now());
        var link = _folder.ReadLink(path);
        return link.IsOk ? LocalEntry.From(path.Name, found.Value, link.Value, Now()) : link.Error;
    }

    private SourceOutcome<Validator> Read(VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        var opened = _folder.OpenFile(path);
        if (!opened.IsOk) return opened.Error;
        using var file = opened.Value;
        return new LocalReader(file, path, expected, _clock).Read(range, sink, cancel);
    }

    // The place is given back when the work has ended, not when its caller stopped waiting.
    private async ValueTask<Task<T>> StartAsync<T>(Func<T> work, CancellationToken cancel)
    {
        await _threads.WaitAsync(cancel).ConfigureAwait(false);
        return Task.Run(
            () =>
            {
                try
                {
                    return work();
                }
                finally
                {
                    _threads.Release();
                }
            },
            CancellationToken.None);
    }

    private UnixTime Now() => UnixTime.From(_clock.GetUtcNow());
}
