using System.Collections.Immutable;
using System.Runtime.InteropServices;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.State.Database;

namespace VirtualView.State.Trees;

/// <summary>
/// Reads the <c>entries</c> of one directory. What entries have in common is made once: the names above, the source.
/// </summary>
internal ref struct EntriesReader
{
    private readonly VirtualPath _directory;
    private readonly SourceId[] _sources;
    private readonly List<(long Source, ReplicaFlags Flags, long Without, SharedCopy Copy)> _copies = new(1);
    private ByteReader _in;
    private VirtualPath _mapped;
    private int _mappedWithout = -1;

    private EntriesReader(VirtualPath directory, ReadOnlySpan<byte> body)
    {
        _directory = directory;
        _in = new ByteReader(body);
        var format = _in.Byte();
        if (format != EntriesWriter.Format) throw new DamagedDatabaseException($"entries of '{directory}' have format {format}");
        _sources = new SourceId[_in.Count()];
        for (var i = 0; i < _sources.Length; i++)
            _sources[i] = _in.Source();
    }

    /// <returns>The entries, with an unlisted directory in the place of each directory: its own row tells what it is.</returns>
    /// <exception cref="DamagedDatabaseException">The row is not what was written.</exception>
    public static SnapshotNode[] Read(VirtualPath directory, ReadOnlySpan<byte> key, long modified, bool listed, ReadOnlySpan<byte> entries)
    {
        if (entries.Length < RowChecksum.SizeBytes) throw new DamagedDatabaseException($"the row of '{directory}' is too short");
        var body = entries[..^RowChecksum.SizeBytes];
        if (RowChecksum.Of(key, modified, listed, body) != MemoryMarshal.Read<ulong>(entries[body.Length..]))
            throw new DamagedDatabaseException($"the row of '{directory}' fails its checksum");
        return Read(directory, body);
    }

    /// <summary>The same of entries that were proved already.</summary>
    public static SnapshotNode[] Read(VirtualPath directory, ReadOnlySpan<byte> body) => new EntriesReader(directory, body).ReadAll();

    private SnapshotNode[] ReadAll()
    {
        var nodes = new SnapshotNode[_in.Count()];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = ReadEntry();
        return _in.IsAtEnd ? nodes : throw new DamagedDatabaseException($"the row of '{_directory}' is too long");
    }

    private SnapshotNode ReadEntry()
    {
        var kind = (EntryKind)_in.Byte();
        var name = _in.Name();
        return kind switch
        {
            EntryKind.Directory => DirectoryNode.Unknown(name, default),
            EntryKind.Symlink => new SymlinkNode(name, [.. _in.LengthAndBytes()], new UnixTime(_in.Int64())),
            EntryKind.NamedFile => new FileNode(name, null),
            EntryKind.File => ReadFile(name),
            _ => throw new DamagedDatabaseException($"'{_directory / name}' is of kind {(byte)kind}"),
        };
    }

    private FileNode ReadFile(PathName name)
    {
        var id = _in.Version();
        var (size, time) = (_in.Varint(), new UnixTime(_in.Int64()));
        var count = _in.Count();
        if (count == 1 && TryReadShared() is { } copy) return new FileNode(name, id, size, time, copy);
        var replicas = new Replica[count];
        for (var i = 0; i < replicas.Length; i++)
        {
            var source = ReadSource();
            var validator = _in.Validator(size, time);
            replicas[i] = new Replica(source, ReadPath(name), validator);
        }

        if (replicas.Length == 0) throw new DamagedDatabaseException($"'{_directory / name}' has no replica");
        return new FileNode(name, new FileVersion(id, size, time, ImmutableCollectionsMarshal.AsImmutableArray(replicas)));
    }

    /// <summary>Takes the one replica of a file if all of it follows from the version and the directory; else takes nothing.</summary>
    private SharedCopy? TryReadShared()
    {
        var ahead = _in;
        var (source, flags) = (ahead.Varint(), (ReplicaFlags)ahead.Byte());
        if (source >= _sources.Length || !FollowsFromVersion(flags)) return null;
        var code = ahead.Varint();
        if (code == 0) return null;
        _in = ahead;
        foreach (var known in _copies)
        {
            if (known.Source == source && known.Flags == flags && known.Without == code - 1) return known.Copy;
        }

        var hasTime = (flags & ReplicaFlags.HasTime) != 0;
        var copy = new SharedCopy(_sources[source], Mapped(code - 1), (ValidatorStrength)(flags & ReplicaFlags.StrengthMask), hasTime, CopyTag.None);
        _copies.Add((source, flags, code - 1, copy));
        return copy;
    }

    private static bool FollowsFromVersion(ReplicaFlags flags) =>
        (flags & (ReplicaFlags.SizeOfVersion | ReplicaFlags.HasTag)) == ReplicaFlags.SizeOfVersion
        && (flags & (ReplicaFlags.HasTime | ReplicaFlags.TimeOfVersion)) != ReplicaFlags.HasTime;

    private SourceId ReadSource()
    {
        var source = _in.Varint();
        return source < _sources.Length ? _sources[source] : throw new DamagedDatabaseException($"an entry of '{_directory}' has an unknown source");
    }

    private VirtualPath ReadPath(PathName name)
    {
        var code = _in.Varint();
        return code > 0 ? Mapped(code - 1) / name : _in.Names();
    }

    private VirtualPath Mapped(long without)
    {
        if (without > _directory.Names.Length) throw new DamagedDatabaseException($"a path of '{_directory}' drops {without} names");
        if (_mappedWithout != without)
            (_mapped, _mappedWithout) = (VirtualPath.Of(_directory.Names.Skip((int)without)), (int)without);
        return _mapped;
    }
}
