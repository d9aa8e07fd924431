using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Units;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Disk.Overlay;

/// <summary>One process's door to the files of written bytes.</summary>
public sealed class SimulatedOverlayFiles(OverlayDisk disk, Life life) : IOverlayFiles
{
    private const long PlentyBytes = 1L << 30;

    internal UnixTime Now => UnixTime.From(life.GetUtcNow());

    public Outcome<IOverlayFile> Create(LocalId id)
    {
        if (!disk.Files.ContainsKey(id)) disk.Step(life, () => disk.Files[id] = new DiskFile { ModifiedAt = Now, ChangedAt = Now });
        return Open(id);
    }

    public Outcome<IOverlayFile> Open(LocalId id) =>
        disk.Files.TryGetValue(id, out var file) ? new SimulatedOverlayFile(disk, life, file) : FileSystemError.NotFound;

    public OverlayFileFacts? Look(LocalId id) => disk.Files.TryGetValue(id, out var file) ? new SimulatedOverlayFile(disk, life, file).Facts : null;

    public FileSystemError CheckSize(long bytes) => FileSystemError.None;

    public void Delete(LocalId id)
    {
        if (disk.Files.ContainsKey(id)) disk.Step(life, () => disk.Remove(id));
    }

    public ValueTask<bool> DeleteNowAsync() => ValueTask.FromResult(false);

    public ImmutableArray<LocalId> List() => [.. disk.Files.Keys.OrderBy(id => id.Value)];

    public FileSystemError SetAside(LocalId id)
    {
        Delete(id);
        return FileSystemError.None;
    }

    public long FreeBytes() => PlentyBytes;
}
