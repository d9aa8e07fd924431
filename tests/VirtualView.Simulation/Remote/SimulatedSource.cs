using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Remote;

/// <summary>One process's connection to a server, keeping the contract of a source whatever the server does.</summary>
public sealed class SimulatedSource(RemoteStore store, Life life, SeededRandom random) : ISource
{
    private const int LargestPieceBytes = 3000;

    public SourceId Id => store.Id;

    public string Name => store.Plan.Name;

    public string Kind => "Simulated";

    public async ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel)
    {
        if (await ArriveAsync(cancel) is { } error) return error;
        if (store.Faults.HasFlag(RemoteFaults.FailingListings))
            return new SourceError(SourceErrorKind.Invalid, $"{Name}: the listing of {directory} is unreadable");
        var listing = Compose(directory);
        await SpendAsync(cancel);
        return listing;
    }

    public async ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel)
    {
        if (await ArriveAsync(cancel) is { } error) return error;
        SourceOutcome<SourceEntry> answer =
            !IsMounted ? NotFound(path)
            : store.Find(path) is { } file ? new SourceEntry(path.Name, EntryKind.File, store.Show(file))
            : store.HasDirectory(path) ? new SourceEntry(path.Name, EntryKind.Directory)
            : NotFound(path);
        await SpendAsync(cancel);
        return answer;
    }

    public async ValueTask<SourceOutcome<Validator>> ReadAsync(
        VirtualPath path, ByteRange range, Validator expected, IRangeSink sink, CancellationToken cancel)
    {
        if (await ArriveAsync(cancel) is { } error) return error;
        if (!IsMounted || store.Find(path) is not { } opened) return NotFound(path);
        var answer = store.Show(opened);
        if (!answer.Agrees(expected) || !sink.Accept(answer)) return Changed(path);

        // A server may go on with the file it opened, or look the name up for each piece.
        var keepsOpened = random.Chance(0.5);
        var breaksAt = store.Faults.HasFlag(RemoteFaults.BreakingReads) && random.Chance(0.67) ? random.Next((int)range.Length + 1) : long.MaxValue;
        for (var done = 0; done < range.Length;)
        {
            if (done >= breaksAt || store.Faults.HasFlag(RemoteFaults.Unreachable)) return Broken(path);
            if (store.Faults.HasFlag(RemoteFaults.Hanging)) await HangAsync(cancel);
            if (cancel.IsCancellationRequested && sink.Next.IsEmpty) return Broken(path);
            var file = keepsOpened ? opened : IsMounted ? store.Find(path) : null;
            if (file is null || !store.Show(file).Agrees(answer)) return Changed(path);
            done += Deliver(file, range.Offset + done, (int)Math.Min(range.Length - done, breaksAt - done), sink);
            if (random.Chance(0.3)) await life.SpendAsync(TimeSpan.FromMilliseconds(random.Between(1, 20)), cancel);
        }

        return answer;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// A system call that waits for its server is not ended by a cancellation, one time of two: it goes on when the server
    /// does, and writes into what it was given.
    /// </summary>
    private async Task HangAsync(CancellationToken cancel)
    {
        if (random.Chance(0.5)) await life.WaitForeverAsync(cancel);
        while (store.Faults.HasFlag(RemoteFaults.Hanging))
            await life.SpendAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
    }

    private bool IsMounted => !store.Faults.HasFlag(RemoteFaults.Unmounted);

    private int Deliver(RemoteFile file, long offset, int atMost, IRangeSink sink)
    {
        var into = sink.Next;
        if (into.IsEmpty) throw new InvalidOperationException("the sink has no room before the range is complete");
        var bytes = Math.Min(Math.Min(atMost, into.Length), 1 + random.Next(LargestPieceBytes));
        file.Content.Bytes.Slice((int)offset, bytes).CopyTo(into);
        sink.Advance(bytes);
        return bytes;
    }

    /// <summary>The way there, and what goes wrong on it.</summary>
    private async Task<SourceError?> ArriveAsync(CancellationToken cancel)
    {
        await SpendAsync(cancel);
        if (store.Faults.HasFlag(RemoteFaults.Hanging)) await life.WaitForeverAsync(cancel);
        if (store.Faults.HasFlag(RemoteFaults.Unreachable))
            return new SourceError(SourceErrorKind.Unreachable, $"{Name} does not answer");
        if (store.Faults.HasFlag(RemoteFaults.Throttling) && random.Chance(0.33))
            return new SourceError(SourceErrorKind.Throttled, $"{Name} asks for patience", TimeSpan.FromMilliseconds(200));
        return null;
    }

    private Task SpendAsync(CancellationToken cancel) =>
        life.SpendAsync(TimeSpan.FromMilliseconds(random.Between(1, store.Plan.MaxLatencyMilliseconds)), cancel);

    private SourceOutcome<IReadOnlyList<SourceEntry>> Compose(VirtualPath directory)
    {
        if (!IsMounted) return directory.IsRoot ? Array.Empty<SourceEntry>() : NotFound(directory);
        if (store.Find(directory) is not null)
            return new SourceError(SourceErrorKind.WrongKind, $"{Name}: {directory} is a file");
        if (!store.HasDirectory(directory)) return NotFound(directory);
        return store.DirectoriesIn(directory).Select(path => new SourceEntry(path.Name, EntryKind.Directory))
            .Concat(store.Files.Where(file => file.Key.Parent == directory).Select(file => ShowListed(file.Key.Name, file.Value)))
            .ToArray();
    }

    private SourceEntry ShowListed(PathName name, RemoteFile file) =>
        new(name, EntryKind.File, store.Plan.Listing switch
        {
            ListingDetail.Full => store.Show(file),
            ListingDetail.WithoutTags => store.ShowWithoutTag(file),
            _ => null,
        });

    private SourceError NotFound(VirtualPath path) => new(SourceErrorKind.NotFound, $"{Name} has no {path}");

    private SourceError Changed(VirtualPath path) => new(SourceErrorKind.Changed, $"{Name}: {path} is not that version any more");

    private SourceError Broken(VirtualPath path) => new(SourceErrorKind.Unreachable, $"{Name}: the connection broke while {path} was read");
}
