using System.Text;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Fuse.TestHost.Writable;

/// <summary>
/// A file system in memory that can be written: what POSIX says, as simply as it can be said. This part has what there is of
/// nodes and names, the others what changes names, bytes and attributes.
/// </summary>
public sealed partial class WritableFileSystem : IWritableFileSystem
{
    private readonly Lock _gate = new(); // guards everything below
    private readonly Dictionary<NodeId, Inode> _inodes = [];
    private readonly Dictionary<HandleId, OpenFile> _files = [];
    private readonly Dictionary<HandleId, OpenListing> _listings = [];
    private readonly TimeProvider _time;
    private ulong _lastNode;
    private ulong _lastHandle;

    public WritableFileSystem(TimeProvider time)
    {
        _time = time;
        var root = Add(new NewNode { Kind = EntryKind.Directory, Mode = 0x1ff, Owner = new Caller(0, 0) }); // 0777
        root.Links = 1;
    }

    /// <summary>What may be taken by bytes of files.</summary>
    public long CapacityBytes { get; set; } = 1L << 32;

    /// <summary>What a sync answers.</summary>
    public FileSystemError SyncError { get; set; }

    /// <summary>What a write answers.</summary>
    public FileSystemError WriteError { get; set; }

    /// <summary>Told of all that is written.</summary>
    internal WriteRecording? Recording { get; init; }

    /// <summary>Every write takes the way of those that must wait.</summary>
    public bool IsSlow { get; set; }

    public int Nodes
    {
        get
        {
            lock (_gate) return _inodes.Count;
        }
    }

    public int OpenHandles
    {
        get
        {
            lock (_gate) return _files.Count + _listings.Count;
        }
    }

    private UnixTime Now => UnixTime.From(_time.GetUtcNow());

    /// <summary>Makes a file that no kernel was told of, as a change at a source does.</summary>
    public void MakeUnseen(PathName name, ReadOnlySpan<byte> content, int mode)
    {
        lock (_gate)
        {
            var inode = Add(new NewNode { Kind = EntryKind.File, Mode = mode, Owner = new Caller(0, 0) });
            inode.Content.Write(0, content);
            Enter(_inodes[NodeId.Root], name, inode);
        }
    }

    public ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel) => new(Attributes(() =>
    {
        var found = Find(directory, name);
        if (found.TryGet(out var inode)) inode.Lookups++;
        return found;
    }));

    public void Forget(NodeId node, ulong lookups)
    {
        lock (_gate)
        {
            if (!_inodes.TryGetValue(node, out var inode)) return;
            inode.Lookups -= (long)lookups;
            DropIfUnused(inode);
        }
    }

    public ValueTask<Outcome<NodeAttributes>> GetAttributesAsync(NodeId node, CancellationToken cancel) => new(Attributes(() => Find(node)));

    public ValueTask<Outcome<HandleId>> OpenDirectoryAsync(NodeId directory, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!Find(directory).TryGet(out var inode)) return new(FileSystemError.Stale);
            var handle = new HandleId(++_lastHandle);
            _listings.Add(handle, new OpenListing(inode));
            return new(handle);
        }
    }

    public FileSystemError ReadDirectory(HandleId directory, long position, bool withAttributes, IDirectoryReply reply)
    {
        lock (_gate) return _listings.TryGetValue(directory, out var open) ? open.Read(position, withAttributes, reply) : FileSystemError.BadHandle;
    }

    public void ReleaseDirectory(HandleId directory)
    {
        lock (_gate) _listings.Remove(directory);
    }

    public Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId symlink)
    {
        lock (_gate)
        {
            if (!Find(symlink).TryGet(out var inode)) return FileSystemError.Stale;
            return inode.Kind == EntryKind.Symlink ? inode.Target : FileSystemError.NotASymlink;
        }
    }

    public Outcome<ReadOnlyMemory<byte>> GetExtendedAttribute(NodeId node, ReadOnlySpan<byte> name)
    {
        lock (_gate)
        {
            if (!Find(node).TryGet(out var inode)) return FileSystemError.Stale;
            return inode.Labels.TryGetValue(Encoding.Latin1.GetString(name), out var value) ? (ReadOnlyMemory<byte>)value : FileSystemError.NoAttribute;
        }
    }

    public FileSystemStatistics Statistics()
    {
        lock (_gate)
        {
            var taken = _inodes.Values.Sum(inode => inode.Content.Allocated);
            return new FileSystemStatistics(CapacityBytes, Math.Max(0, CapacityBytes - taken), _inodes.Count);
        }
    }

    private Inode Add(NewNode what)
    {
        var inode = new Inode(new NodeId(++_lastNode), what.Kind)
        {
            Mode = what.Mode, Uid = what.Owner.Uid, Gid = what.Owner.Gid, Device = what.Device, Target = what.Target,
        };
        inode.AccessedAt = inode.ModifiedAt = inode.ChangedAt = Now;
        _inodes.Add(inode.Id, inode);
        return inode;
    }

    private Outcome<Inode> Find(NodeId node) => _inodes.TryGetValue(node, out var inode) ? inode : FileSystemError.Stale;

    private Outcome<Inode> FindDirectory(NodeId node)
    {
        if (!Find(node).TryGet(out var inode)) return FileSystemError.Stale;
        return inode.IsDirectory ? inode : FileSystemError.NotADirectory;
    }

    private Outcome<Inode> Find(NodeId directory, PathName name)
    {
        var parent = FindDirectory(directory);
        if (!parent.TryGet(out var inode)) return parent.Error;
        return inode.Entries.TryGetValue(name, out var child) ? child : FileSystemError.NotFound;
    }

    private Outcome<NodeAttributes> Attributes(Func<Outcome<Inode>> find)
    {
        lock (_gate)
        {
            var found = find();
            return found.TryGet(out var inode) ? inode.Attributes : found.Error;
        }
    }

    private void DropIfUnused(Inode inode)
    {
        if (inode is { Links: 0, Lookups: <= 0, Opens: 0 }) _inodes.Remove(inode.Id);
    }
}
