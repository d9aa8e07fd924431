using System.Text;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Engine.Tests.World;

/// <summary>A directory reply with room for so many entries.</summary>
internal sealed class ListReply(int room) : IDirectoryReply
{
    public List<(string Name, NodeId? Node, long Next)> Entries { get; } = [];

    public bool Add(ReadOnlySpan<byte> name, EntryKind kind, ulong inodeNumber, long nextPosition) =>
        Take(Encoding.UTF8.GetString(name), null, nextPosition);

    public bool Add(PathName name, in NodeAttributes attributes, long nextPosition) => Take(name.ToString(), attributes.Node, nextPosition);

    private bool Take(string name, NodeId? node, long next)
    {
        if (Entries.Count >= room) return false;
        Entries.Add((name, node, next));
        return true;
    }
}
