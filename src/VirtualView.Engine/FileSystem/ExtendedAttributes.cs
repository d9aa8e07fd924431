using System.Globalization;
using System.Text;
using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.FileSystem;

/// <summary>The attributes <c>user.virtualview.*</c>: readable by name, never listed, so that <c>cp -a</c> leaves them.</summary>
internal sealed class ExtendedAttributes(NodeTable nodes, SourceTable sources, IBlockStore store)
{
    private static ReadOnlySpan<byte> Own => "user.virtualview."u8;

    public Outcome<ReadOnlyMemory<byte>> Get(NodeId id, ReadOnlySpan<byte> name)
    {
        if (nodes.Find(id) is not { } node) return FileSystemError.Stale;
        if (!name.StartsWith(Own)) return FileSystemError.NoAttribute;
        var own = name[Own.Length..];
        if (node.Version is not { } version) return node.Kind == EntryKind.Directory && own.SequenceEqual("state"u8) ? Text("clean") : FileSystemError.NoAttribute;
        return own switch
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
