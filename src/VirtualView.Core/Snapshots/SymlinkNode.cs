using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;

namespace VirtualView.Core.Snapshots;

/// <summary>A symbolic link, with its target as the source has it: bytes, which may lead anywhere or nowhere.</summary>
public sealed class SymlinkNode(PathName name, ImmutableArray<byte> target, UnixTime modifiedAt) : SnapshotNode(name)
{
    public ImmutableArray<byte> Target { get; } = target;

    public UnixTime ModifiedAt { get; } = modifiedAt;

    public override bool SameEntry(SnapshotNode other) =>
        other is SymlinkNode link && ModifiedAt == link.ModifiedAt && Target.AsSpan().SequenceEqual(link.Target.AsSpan());
}
