using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.State.Trees;

/// <summary>Appends the <c>entries</c> of one directory after the other. The format stands in docs/state.md.</summary>
internal sealed class EntriesWriter(ByteWriter into)
{
    public const byte Format = 1;

    private readonly ByteWriter _out = into;
    private readonly List<SourceId> _sources = [];
    private SharedCopy? _copy; // the one met last, and how many names its directory lacks; -1: it lies elsewhere
    private int _copyWithout;

    public void Append(VirtualPath path, ReadOnlySpan<SnapshotNode> children)
    {
        _copy = null;
        _out.Byte(Format);
        WriteSources(children);
        _out.Varint(children.Length);
        foreach (var child in children)
            WriteEntry(path.Names, child);
    }

    private void WriteSources(ReadOnlySpan<SnapshotNode> children)
    {
        _sources.Clear();
        foreach (var child in children)
        {
            if (child is not FileNode { HasVersion: true } file) continue;
            if (file.Shared is { } copy) Add(copy.Source);
            else AddAll(file.Version!.Replicas);
        }

        _out.Varint(_sources.Count);
        foreach (var source in _sources)
            _out.Source(source);
    }

    private void AddAll(ImmutableArray<Replica> replicas)
    {
        foreach (var replica in replicas)
            Add(replica.Source);
    }

    // A handful of sources have a directory in common: a list is searched faster than a hash is made.
    private void Add(SourceId source)
    {
        if (!_sources.Contains(source)) _sources.Add(source);
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
            case FileNode { Shared: { Tag: CopyTag.None } copy } file when WithoutOf(directory, copy) is >= 0 and var without:
                WriteShared(file, copy, without);
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
        FileNode { HasVersion: false } => EntryKind.NamedFile,
        FileNode => EntryKind.File,
        _ => throw new NotSupportedException($"a {node.GetType().Name} cannot be kept: give it a kind in {nameof(EntryKind)}"),
    };

    private int WithoutOf(ImmutableArray<PathName> directory, SharedCopy copy)
    {
        if (ReferenceEquals(copy, _copy)) return _copyWithout;
        var without = directory.Length - copy.Directory.Names.Length;
        var isBelow = without >= 0 && copy.Directory.Names.AsSpan().SequenceEqual(directory.AsSpan()[without..]);
        (_copy, _copyWithout) = (copy, isBelow ? without : -1);
        return _copyWithout;
    }

    /// <summary>The same bytes as for the version that would be made of it.</summary>
    private void WriteShared(FileNode file, SharedCopy copy, int without)
    {
        _out.VersionHead(file.VersionId!.Value, file.SizeBytes, file.ModifiedAt, replicas: 1);
        _out.Varint(_sources.IndexOf(copy.Source));
        var time = copy.HasTime ? ReplicaFlags.HasTime | ReplicaFlags.TimeOfVersion : ReplicaFlags.None;
        _out.Byte((byte)((ReplicaFlags)copy.Strength | ReplicaFlags.SizeOfVersion | time));
        _out.Varint(without + 1);
    }

    private void WriteVersion(ImmutableArray<PathName> directory, PathName name, FileVersion version)
    {
        _out.VersionHead(version.Id, version.SizeBytes, version.ModifiedAt, version.Replicas.Length);
        foreach (var replica in version.Replicas)
        {
            _out.Varint(_sources.IndexOf(replica.Source));
            _out.Validator(version, replica.Validator);
            _out.ReplicaPath(directory, name, replica.Path.Names);
        }
    }
}
