using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Ranges;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Engine.Overlay.Content;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>Extended attributes: those that were set, and the view's own, which are read only and not listed.</summary>
internal sealed class LocalExtendedAttributes(ISourcesView sources, SourceTable table, IBlockStore store, LocalTree tree, LocalChanges changes, Change change)
{
    private const int MostValueBytes = 64 << 10;

    private static ReadOnlySpan<byte> Own => "user.virtualview."u8;

    public Outcome<ReadOnlyMemory<byte>> Get(NodeId node, ReadOnlySpan<byte> name)
    {
        lock (tree.Gate)
        {
            if (tree.Find(node) is { } inode)
            {
                if (name.StartsWith(Own)) return OwnOf(inode, name[Own.Length..]);
                return LocalAttributes.TryGet(inode, name, out var value) ? value.AsMemory() : FileSystemError.NoAttribute;
            }
        }

        return sources.GetExtendedAttribute(node, name);
    }

    public Outcome<ReadOnlyMemory<byte>> List(NodeId node)
    {
        lock (tree.Gate)
        {
            if (tree.Find(node)?.Attributes is not { } attributes) return ReadOnlyMemory<byte>.Empty;
            var names = new List<byte>();
            foreach (var (name, _) in attributes.Values) names.AddRange([.. name, 0]);
            return new ReadOnlyMemory<byte>([.. names]);
        }
    }

    public FileSystemError Set(NodeId node, ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value, SetAttributeMode mode)
    {
        if (Refuses(name.Span) is var refused and not FileSystemError.None) return refused;
        if (value.Length > MostValueBytes) return FileSystemError.TooBig;
        lock (tree.Gate)
        {
            if (Local(node, out var error) is not { } inode) return error;
            var isThere = LocalAttributes.TryGet(inode, name.Span, out _);
            if (mode == SetAttributeMode.Create && isThere) return FileSystemError.Exists;
            if (mode == SetAttributeMode.Replace && !isThere) return FileSystemError.NoAttribute;
            var (key, bytes) = (ImmutableArray.Create(name.Span), ImmutableArray.Create(value.Span));
            change.Begin();
            if (!inode.IsGone) change.Rows.Attributes.Add(new LocalAttribute(inode.Id, key, bytes));
            error = Commit(inode);
            if (error == FileSystemError.None) LocalAttributes.Set(inode, key, bytes);
            return error;
        }
    }

    public FileSystemError Remove(NodeId node, ReadOnlyMemory<byte> name)
    {
        if (Refuses(name.Span) is var refused and not FileSystemError.None) return refused;
        lock (tree.Gate)
        {
            if (tree.Find(node) is not { } inode || !LocalAttributes.TryGet(inode, name.Span, out _)) return FileSystemError.NoAttribute;
            change.Begin();
            if (!inode.IsGone) change.Rows.RemovedAttributes.Add((inode.Id, name));
            var error = Commit(inode);
            if (error == FileSystemError.None) LocalAttributes.Remove(inode, name.Span);
            return error;
        }
    }

    // Access control lists would be kept and not obeyed.
    private static FileSystemError Refuses(ReadOnlySpan<byte> name) =>
        name.StartsWith(Own) ? FileSystemError.NotPermitted : name.StartsWith("system."u8) ? FileSystemError.NotSupported : FileSystemError.None;

    private FileSystemError Commit(LocalInode inode)
    {
        if (inode.IsGone) return FileSystemError.None;
        change.Include(inode);
        change.Put(inode, change.Of(inode) with { ChangedAt = tree.Now, KeepsAttributes = false });
        return change.Commit();
    }

    private LocalInode? Local(NodeId node, out FileSystemError error)
    {
        var inode = tree.Of(node);
        error = inode is null ? FileSystemError.Stale : FileSystemError.None;
        return inode;
    }

    private Outcome<ReadOnlyMemory<byte>> OwnOf(LocalInode inode, ReadOnlySpan<byte> tail)
    {
        if (tail.SequenceEqual("state"u8)) return Text(State(inode));
        if (inode.File is not { } file) return FileSystemError.NoAttribute;
        var below = file.Base?.Version;
        return tail switch
        {
            _ when tail.SequenceEqual("version"u8) => Text(below?.Id.ToString() ?? "local"),
            _ when tail.SequenceEqual("cached"u8) => Text(HereBytes(file).ToString(CultureInfo.InvariantCulture)),
            _ when tail.SequenceEqual("sources"u8) => Text(below is null ? "" : string.Join(',', below.Replicas.Select(replica => table.NameOf(replica.Source)))),
            _ => FileSystemError.NoAttribute,
        };
    }

    private string State(LocalInode inode)
    {
        if (inode.IsGone) return "private";
        return changes.Of(inode) is not { } change ? "clean" : change.IsOutdated ? "conflict" : "private";
    }

    /// <summary>What can be read of it without a source.</summary>
    private long HereBytes(LocalFile file)
    {
        if (file.Base is not { } below) return file.Facts.SizeBytes;
        using var payload = store.Open(new PayloadIdentity(below.Version.Id, below.Version.SizeBytes));
        var shown = payload.Cached().Intersect(new ByteRange(0, below.ShownBytes));
        return shown.Union(below.Written).Intersect(new ByteRange(0, below.SizeBytes)).TotalBytes;
    }

    private static Outcome<ReadOnlyMemory<byte>> Text(string value) => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value));
}
