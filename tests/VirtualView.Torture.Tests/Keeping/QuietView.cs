using VirtualView.Testing.Processes;
using VirtualView.Torture.Tests.Content;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Kills;
using VirtualView.Torture.Tests.Reading;

namespace VirtualView.Torture.Tests.Keeping;

/// <summary>A view whose files change only when a test says so: what was asked of the web server can be counted.</summary>
internal sealed class QuietView(TortureWorld world)
{
    private readonly ReadLedger _ledger = new();

    private string Web => world.Views[0];

    /// <summary>Reads files whole; every byte must be right.</summary>
    public Task ReadAsync(DaemonLife daemon, IEnumerable<int> files) => Task.Run(() =>
    {
        foreach (var file in files)
        {
            using var handle = CheckedHandle.Open(world.Sources, daemon, _ledger, Web, file);
            Assert.True(handle is not null, $"{SourceWorld.PathOf(file)} cannot be opened: {string.Join("; ", _ledger.Violations)}");
            Assert.True(handle.ReadAll(() => false), $"not read to its end: {string.Join("; ", _ledger.Violations)}");
        }

        Assert.Empty(_ledger.Violations);
    });

    /// <summary>Reads on the way to the daemon's death: what comes is right, and it may be nothing.</summary>
    public Task TryReadAsync(DaemonLife daemon, int file) => Task.Run(() =>
    {
        using var handle = CheckedHandle.Open(world.Sources, daemon, _ledger, Web, file);
        handle?.ReadAll(() => daemon.IsEnding);
        Assert.Empty(_ledger.Violations);
    });

    /// <summary>Waits until the block store has all of them: a reader is answered before.</summary>
    public async Task CachedAsync(IEnumerable<int> files)
    {
        foreach (var file in files)
        {
            var size = $"{SourceWorld.SizeOf(file, world.Sources.Newest(file))}";
            await UntilAsync($"file {file} is cached", async () =>
                (await Command.RunAsync("getfattr", "--only-values", "-n", "user.virtualview.cached", Path.Combine(Web, SourceWorld.PathOf(file)))).Text == size);
        }
    }

    /// <summary>Waits for a checkpoint that began after this call: each needs something new to keep.</summary>
    public async Task CheckpointedAsync(DaemonLife daemon, IEnumerable<int> unread)
    {
        // The next one may have begun before; the one after it has not.
        foreach (var file in unread)
        {
            var seal = world.Folders.NewestSeal();
            await ReadAsync(daemon, [file]);
            await UntilAsync("a checkpoint", () => Task.FromResult(world.Folders.NewestSeal() > seal));
        }
    }

    /// <summary>The requests for these files' bytes from a number of requests on.</summary>
    public List<string> FetchedSince(int requests, IEnumerable<int> files) =>
    [
        .. world.Server.Requests().Skip(requests)
            .Where(request => request.Method == "GET" && files.Any(file => request.Target.EndsWith(SourceWorld.PathOf(file), StringComparison.Ordinal)))
            .Select(request => $"{request.Target} {request.Range}"),
    ];

    private static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(DaemonLife.Patience, TimeProvider.System);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"not within {DaemonLife.Patience}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
