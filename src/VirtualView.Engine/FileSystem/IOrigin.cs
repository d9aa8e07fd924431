using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.FileSystem;

/// <summary>Where a view has from what its snapshot does not hold, and how it knows that what it holds still stands.</summary>
internal interface IOrigin
{
    /// <summary>True when who looks into the directory should not be told what is known.</summary>
    bool IsDue(VirtualPath directory);

    /// <summary>True when an entry does not say enough of a file, or what may not hold any more.</summary>
    bool NeedsAsking(SnapshotNode? entry);

    /// <summary>Puts the entries of a directory into the snapshot that were never there.</summary>
    ValueTask<FileSystemError> ListAsync(VirtualPath directory, CancellationToken cancel);

    /// <summary>The same for one that is due; whatever comes of it, what was known goes on to be shown.</summary>
    ValueTask ListAgainAsync(VirtualPath directory, CancellationToken cancel);

    /// <summary>Asks for a file that <see cref="NeedsAsking"/>.</summary>
    ValueTask<FileSystemError> AskAsync(VirtualPath directory, FileNode file, CancellationToken cancel);

    /// <summary>Asks for a file that is about to be opened, if nobody has lately.</summary>
    ValueTask BeforeOpenAsync(Node file, FileVersion version, CancellationToken cancel);

    /// <summary>The version with all that is known of it by now.</summary>
    KnownVersion Newest(VirtualPath path, FileVersion version);

    /// <summary>What a version that was too young has become; null when it has not aged, or the path leads to another one.</summary>
    FileVersion? Aged(VirtualPath path, FileVersion young);
}
