using System.Collections.Concurrent;
using System.Collections.Immutable;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Units;

namespace VirtualView.Engine.Tests.World;

/// <summary>Files of written bytes in memory, that outlive engines.</summary>
internal sealed class MemoryOverlayFiles(TimeProvider clock) : IOverlayFiles
{
    private readonly ConcurrentDictionary<LocalId, MemoryOverlayFile> _files = new();

    /// <summary>The longest file there can be.</summary>
    public long MostBytes { get; set; } = long.MaxValue;

    public FileSystemError Failure { get; set; }

    public IReadOnlyCollection<LocalId> Ids => [.. _files.Keys];

    public List<LocalId> SetAsides { get; } = [];

    public UnixTime Now => UnixTime.From(clock.GetUtcNow());

    public Outcome<IOverlayFile> Create(LocalId id)
    {
        if (Failure != FileSystemError.None) return Failure;
        return _files.GetOrAdd(id, _ => new MemoryOverlayFile(this));
    }

    public Outcome<IOverlayFile> Open(LocalId id) => _files.TryGetValue(id, out var file) ? file : FileSystemError.NotFound;

    public OverlayFileFacts? Look(LocalId id) => _files.TryGetValue(id, out var file) ? file.Facts : null;

    public FileSystemError CheckSize(long bytes) => bytes > MostBytes ? FileSystemError.FileTooLarge : FileSystemError.None;

    public void Delete(LocalId id) => _files.TryRemove(id, out _);

    public ValueTask<bool> DeleteNowAsync() => ValueTask.FromResult(false);

    public ImmutableArray<LocalId> List() => [.. _files.Keys];

    public FileSystemError SetAside(LocalId id)
    {
        SetAsides.Add(id);
        Delete(id);
        return FileSystemError.None;
    }

    public long FreeBytes() => 1L << 30;
}
