using System.Globalization;
using System.Text;
using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.FileSystem;

/// <summary>The attributes <c>user.virtualview.*</c>: readable by name, never listed, so that <c>cp -a</c> leaves them.</summary>
internal sealed class ExtendedAttributes(NodeTable nodes, SourceTable sources, IBlockStore store)
{
    public Outcome<ReadOnlyMemory<byte>> Get(NodeId id, ReadOnlySpan<byte> name)
    {
        if (nodes.Find(id) is not { } node) return FileSystemError.Stale;
        if (node.Version is not { } version || !name.StartsWith("user.virtualview."u8)) return FileSystemError.NoAttribute;
        return name["user.virtualview.".Length..] switch
        {
            var tail when tail.SequenceEqual("version"u8) => Text(version.Id.ToString()),
            var tail when tail.SequenceEqual("state"u8) => Text(State(node)),
            var tail when tail.SequenceEqual("cached"u8) => Text(CachedBytes(node).ToString(CultureInfo.InvariantCulture)),
            var tail when tail.SequenceEqual("sources"u8) => Text(SourceNames(node)),
            _ => FileSystemError.NoAttribute,
        };
    }

    private static Outcome<ReadOnlyMemory<byte>> Text(string value) => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value));

    private string State(Node node) =>
        node.Version!.Replicas.All(replica => sources.Find(replica.Source) is null or { Meter.IsDown: true }) ? "offline" : "clean";

    private string SourceNames(Node node) => string.Join(',', node.Version!.Replicas.Select(replica => sources.NameOf(replica.Source)));

    private long CachedBytes(Node node)
    {
        using var payload = store.Open(new PayloadIdentity(node.Version!.Id, node.Version.SizeBytes));
        return payload.Cached().TotalBytes;
    }
}
