using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Versions;

namespace VirtualView.State.Trees;

/// <summary>Makes the <c>entries</c> of one directory after the other. The format stands in docs/state.md.</summary>
internal sealed class EntriesWriter
{
    public const byte Format = 1;

    private readonly ByteWriter _out = new();
    private readonly List<SourceId> _sources = [];

    public byte[] Write(VirtualPath path, ReadOnlySpan<byte> key, DirectoryNode directory)
    {
        _out.Reset();
        _out.Byte(Format);
        WriteSources(directory.Children);
        _out.Varint(directory.Children.Length);
        foreach (var child in directory.Children)
            WriteEntry(path.Names, child);
        _out.Hash(RowChecksum.Of(key, directory.ModifiedAt.Nanoseconds, directory.IsListed, _out.Written));
        return _out.Written.ToArray();
    }

    private void WriteSources(ImmutableArray<SnapshotNode> children)
    {
        _sources.Clear();
        foreach (var child in children)
        {
            if (child is not FileNode { Version: { } version }) continue;
            foreach (var replica in version.Replicas)
            {
                // A handful of sources have a directory in common: a list is searched faster than a hash is made.
                if (!_sources.Contains(replica.Source)) _sources.Add(replica.Source);
            }
        }

        _out.Varint(_sources.Count);
        Span<byte> id = stackalloc byte[16];
        foreach (var source in _sources)
        {
            source.Value.TryWriteBytes(id);
            _out.Bytes(id);
        }
    }

    private void WriteEntry(ImmutableArray<PathName> directory, SnapshotNode node)
    {
        _out.Byte((byte)KindOf(node));
        _out.LengthAndBytes(node.Name.Bytes);
        switch (node)
        {
            case SymlinkNode link:
                _out.LengthAndBytes(link.Target.AsSpan());
                _out.Int64(link.ModifiedAt.Nanoseconds);
                break;
            case FileNode { Version: { } version }:
                WriteVersion(directory, node.Name, version);
                break;
        }
    }

    private static EntryKind KindOf(SnapshotNode node) => node switch
    {
        DirectoryNode => EntryKind.Directory,
        SymlinkNode => EntryKind.Symlink,
        FileNode { Version: null } => EntryKind.NamedFile,
        FileNode => EntryKind.File,
        _ => throw new NotSupportedException($"a {node.GetType().Name} cannot be kept: give it a kind in {nameof(EntryKind)}"),
    };

    private void WriteVersion(ImmutableArray<PathName> directory, PathName name, FileVersion version)
    {
        Span<byte> id = stackalloc byte[VersionId.SizeBytes];
        version.Id.WriteTo(id);
        _out.Bytes(id);
        _out.Varint(version.SizeBytes);
        _out.Int64(version.ModifiedAt.Nanoseconds);
        _out.Varint(version.Replicas.Length);
        foreach (var replica in version.Replicas)
        {
            _out.Varint(_sources.IndexOf(replica.Source));
            WriteValidator(version, replica.Validator);
            WritePath(directory, name, replica.Path.Names);
        }
    }

    private void WriteValidator(FileVersion version, Validator validator)
    {
        var flags = (ReplicaFlags)validator.Strength;
        if (validator.SizeBytes == version.SizeBytes) flags |= ReplicaFlags.SizeOfVersion;
        if (validator.ModifiedAt is not null) flags |= ReplicaFlags.HasTime;
        if (validator.ModifiedAt == version.ModifiedAt) flags |= ReplicaFlags.TimeOfVersion;
        if (validator.Tag is not null) flags |= ReplicaFlags.HasTag;
        _out.Byte((byte)flags);
        if (validator.SizeBytes != version.SizeBytes) _out.Int64(validator.SizeBytes);
        if (validator.ModifiedAt is { } time && time != version.ModifiedAt) _out.Int64(time.Nanoseconds);
        if (validator.Tag is { } tag) _out.Text(tag);
    }

    private void WritePath(ImmutableArray<PathName> directory, PathName name, ImmutableArray<PathName> path)
    {
        var dropped = directory.Length + 1 - path.Length;
        if (dropped >= 0 && dropped <= directory.Length && path[^1] == name
            && path.AsSpan()[..^1].SequenceEqual(directory.AsSpan()[dropped..]))
        {
            _out.Varint(dropped + 1);
            return;
        }

        _out.Varint(0);
        _out.Varint(path.Length);
        foreach (var part in path)
            _out.LengthAndBytes(part.Bytes);
    }
}
