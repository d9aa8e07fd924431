using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;

namespace VirtualView.Fuse.TestHost;

/// <summary>A file, directory or symbolic link of a <see cref="MemoryFileSystem"/>.</summary>
public sealed class MemoryNode(ulong id, EntryKind kind)
{
    private KeyValuePair<PathName, MemoryNode>[]? _listing;
    private long _lookups;
    private long _granted;

    public NodeId Id { get; } = new(id);

    public EntryKind Kind { get; } = kind;

    public long SizeBytes { get; init; }

    public int Seed { get; init; }

    public Temper Temper { get; init; }

    public byte[] Target { get; init; } = [];

    /// <summary>Set when a newer version took the name: opening it is <c>Stale</c>.</summary>
    public bool IsSuperseded { get; set; }

    /// <summary>Lookups that were not given back.</summary>
    public long Lookups => Interlocked.Read(ref _lookups);

    /// <summary>Lookups that were ever counted.</summary>
    public long GrantedLookups => Interlocked.Read(ref _granted);

    private Dictionary<PathName, MemoryNode> Children { get; } = [];

    public NodeAttributes Attributes => new()
    {
        Node = Id,
        InodeNumber = Id.Value + 1000,
        Kind = Kind,
        SizeBytes = Kind == EntryKind.Symlink ? Target.Length : SizeBytes,
        ModifiedAt = UnixTime.FromSeconds(1_600_000_000, 123_456_789),
        Mode = Kind switch { EntryKind.Directory => 0x1ed, EntryKind.Symlink => 0x1ff, _ => 0x1a4 }, // 0755, 0777, 0644
        Uid = 0,
        Gid = 0,
        Links = Kind == EntryKind.Directory ? 2u : 1u,
    };

    public void GrantLookup()
    {
        Interlocked.Increment(ref _lookups);
        Interlocked.Increment(ref _granted);
    }

    public void ForgetLookups(long count) => Interlocked.Add(ref _lookups, -count);

    public MemoryNode? Child(PathName name)
    {
        lock (Children) return Children.GetValueOrDefault(name);
    }

    public void Put(PathName name, MemoryNode? node)
    {
        lock (Children)
        {
            if (node is null)
                Children.Remove(name);
            else
                Children[name] = node;
            _listing = null;
        }
    }

    /// <summary>The entries as they are now; later changes do not touch the array.</summary>
    public KeyValuePair<PathName, MemoryNode>[] List()
    {
        lock (Children) return _listing ??= [.. Children];
    }
}
