using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Simulation.Runs;

/// <summary>A directory as it is read, reply by reply, each of which takes a few entries.</summary>
internal sealed class DirectoryListing(int entriesInReply) : IDirectoryReply
{
    private int _taken;

    /// <summary>As they are shown, <c>.</c> and <c>..</c> among them.</summary>
    public List<string> Names { get; } = [];

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

    public bool Add(ReadOnlySpan<byte> name, EntryKind kind, ulong inodeNumber, long nextPosition)
    {
        if (!Take(nextPosition)) return false;
        Names.Add(ByteText.Show(name));
        return true;
    }

    public bool Add(PathName name, in NodeAttributes attributes, long nextPosition)
    {
        if (!Take(nextPosition)) return false;
        Names.Add(name.ToString());
        Nodes.Add(attributes.Node);
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
