using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Snapshots;

/// <summary>A regular file. Its version is null where the listing gave only a name: the first lookup asks the source.</summary>
public sealed class FileNode(PathName name, FileVersion? version) : SnapshotNode(name)
{
    public FileVersion? Version { get; } = version;

    public override bool SameEntry(SnapshotNode other) => other is FileNode file && Equals(Version, file.Version);
}
