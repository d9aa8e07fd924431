using System.Collections.Immutable;
using VirtualView.Core.Outcomes;

namespace VirtualView.Core.Overlay;

/// <summary>The files that hold written bytes, one a local file.</summary>
public interface IOverlayFiles
{
    /// <summary>Makes an empty file, or opens the one that is there.</summary>
    Outcome<IOverlayFile> Create(LocalId id);

    /// <summary><see cref="FileSystemError.NotFound"/> when there is none.</summary>
    Outcome<IOverlayFile> Open(LocalId id);

    /// <summary>What is there of a file that need not be opened; null when there is none.</summary>
    OverlayFileFacts? Look(LocalId id);

    /// <summary>Whether a file may have this size. No file changes, and none takes room for it.</summary>
    FileSystemError CheckSize(long bytes);

    /// <summary>
    /// Deletes it, if it is there: some time later, when what the journal says by now is on the disk. Who has it open goes on.
    /// </summary>
    void Delete(LocalId id);

    /// <summary>Deletes now what waits for it. False when there was nothing.</summary>
    ValueTask<bool> DeleteNowAsync();

    /// <summary>All that are there.</summary>
    ImmutableArray<LocalId> List();

    /// <summary>Moves a file that no inode names aside, where it is kept for its owner.</summary>
    FileSystemError SetAside(LocalId id);

    /// <summary>Room left for whom this process runs as, with that of what will be deleted: <see cref="DeleteNowAsync"/> gives it.</summary>
    long FreeBytes();
}
