using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Simulation.Runs;

/// <summary>A directory as it is read, reply by reply, each of which takes a few entries.</summary>
internal sealed class DirectoryListing(int entriesInReply) : IDirectoryReply
{
    private int _taken;

    public List<PathName> Names { get; } = [];

    /// <summary>Nodes that count as looked up.</summary>
    public List<NodeId> Nodes { get; } = [];

    public long Position { get; private set; }

    /// <summary>True when the reply before took nothing: the end.</summary>
    public bool BeginReply()
    {
        var isEnd = _taken == 0;
        _taken = 0;
        return isEnd;
    }

    public bool AddSelf(ulong inodeNumber, long nextPosition) => Take(nextPosition);

    public bool AddParent(ulong inodeNumber, long nextPosition) => Take(nextPosition);

    public bool Add(PathName name, EntryKind kind, ulong inodeNumber, long nextPosition) => Take(name, nextPosition);

    public bool Add(PathName name, in NodeAttributes attributes, long nextPosition)
    {
        if (!Take(name, nextPosition)) return false;
        Nodes.Add(attributes.Node);
        return true;
    }

    private bool Take(PathName name, long nextPosition)
    {
        if (!Take(nextPosition)) return false;
        Names.Add(name);
        return true;
    }

    private bool Take(long nextPosition)
    {
        if (_taken == entriesInReply) return false;
        _taken++;
        Position = nextPosition;
        return true;
    }
}
