using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Disk.Overlay;

/// <summary>One process's door to the journal. A commit is there for the next process at once, and after a sync for good.</summary>
public sealed class SimulatedJournal(OverlayDisk disk, Life life, SeededRandom random) : IOverlayJournal
{
    public async ValueTask<OverlayImage> LoadAsync(CancellationToken cancel)
    {
        await SpendAsync(cancel);
        var image = disk.Rows.ToImage();
        return image with { LastUsed = disk.Files.Keys.Append(image.LastUsed).MaxBy(id => id.Value) };
    }

    public FileSystemError Commit(OverlayChanges changes)
    {
        disk.Step(life, () => disk.Commit(changes));
        return FileSystemError.None;
    }

    public async ValueTask<FileSystemError> SyncAsync(CancellationToken cancel)
    {
        var upTo = disk.LastCommit;
        await SpendAsync(cancel);
        disk.Step(life, () => disk.Synced(upTo));
        return FileSystemError.None;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task SpendAsync(CancellationToken cancel) => life.SpendAsync(TimeSpan.FromMilliseconds(random.Between(1, 20)), cancel);
}
