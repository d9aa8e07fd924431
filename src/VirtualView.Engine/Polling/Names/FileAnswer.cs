using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;

namespace VirtualView.Engine.Polling.Names;

/// <summary>What the sources said of one file, not yet in the snapshot.</summary>
/// <param name="Before">The entry that was asked about. If another one stands there by now, whoever put it there knew better.</param>
/// <param name="Now">What it is; null when no source has it. Means nothing where <paramref name="Failure"/> is not null.</param>
/// <param name="Failure">Set when nobody could say: then the entry stays as it was.</param>
internal sealed record FileAnswer(PathName Name, FileNode Before, SnapshotNode? Now, SourceErrorKind? Failure)
{
    public FileSystemError Error =>
        Failure is { } kind ? Sources.SourceFailure.ToFileSystemError(kind) : Now is null ? FileSystemError.NotFound : FileSystemError.None;

    /// <summary>True when there is no use in asking the same sources for more just now.</summary>
    public bool IsSilence => Failure is SourceErrorKind.Unreachable or SourceErrorKind.TimedOut or SourceErrorKind.Throttled;

    public SnapshotNode? Into(SnapshotNode entry) => Failure is null && ReferenceEquals(entry, Before) ? Now : entry;
}
