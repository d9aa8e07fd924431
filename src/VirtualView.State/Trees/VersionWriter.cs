using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.State.Trees;

/// <summary>Appends versions and the parts of replicas. The format stands in docs/state.md.</summary>
internal static class VersionWriter
{
    public static void VersionHead(this ByteWriter into, VersionId version, long sizeBytes, UnixTime modifiedAt, int replicas)
    {
        Span<byte> id = stackalloc byte[VersionId.SizeBytes];
        version.WriteTo(id);
        into.Bytes(id);
        into.Varint(sizeBytes);
        into.Int64(modifiedAt.Nanoseconds);
        into.Varint(replicas);
    }

    public static void Source(this ByteWriter into, SourceId source)
    {
        Span<byte> id = stackalloc byte[16];
        source.Value.TryWriteBytes(id);
        into.Bytes(id);
    }

    public static void Validator(this ByteWriter into, FileVersion version, Validator validator)
    {
        var flags = (ReplicaFlags)validator.Strength;
        if (validator.SizeBytes == version.SizeBytes) flags |= ReplicaFlags.SizeOfVersion;
        if (validator.ModifiedAt is not null) flags |= ReplicaFlags.HasTime;
        if (validator.ModifiedAt == version.ModifiedAt) flags |= ReplicaFlags.TimeOfVersion;
        if (validator.Tag is not null) flags |= ReplicaFlags.HasTag;
        into.Byte((byte)flags);
        if (validator.SizeBytes != version.SizeBytes) into.Int64(validator.SizeBytes);
        if (validator.ModifiedAt is { } time && time != version.ModifiedAt) into.Int64(time.Nanoseconds);
        if (validator.Tag is { } tag) into.Text(tag);
    }

    /// <summary>The path of a replica, as what it drops of <paramref name="directory"/> and <paramref name="name"/> where that is all.</summary>
    public static void ReplicaPath(this ByteWriter into, ImmutableArray<PathName> directory, PathName name, ImmutableArray<PathName> path)
    {
        var dropped = directory.Length + 1 - path.Length;
        if (dropped >= 0 && dropped <= directory.Length && path[^1] == name
            && path.AsSpan()[..^1].SequenceEqual(directory.AsSpan()[dropped..]))
        {
            into.Varint(dropped + 1);
            return;
        }

        into.Varint(0);
        into.Names(path);
    }

    public static void Names(this ByteWriter into, ImmutableArray<PathName> names)
    {
        into.Varint(names.Length);
        foreach (var name in names)
            into.LengthAndBytes(name.Bytes);
    }
}
