using System.Text;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;

namespace VirtualView.Fuse.TestHost.Writable;

/// <content>What changes attributes.</content>
public sealed partial class WritableFileSystem
{
    private const int MaxLabelBytes = 65_536;

    public ValueTask<Outcome<NodeAttributes>> SetAttributesAsync(NodeId node, HandleId? handle, AttributeChange change, CancellationToken cancel) =>
        new(Attributes(() =>
        {
            var found = Find(node);
            if (found.TryGet(out var inode)) Set(inode, change);
            return found;
        }));

    public ValueTask<FileSystemError> SetExtendedAttributeAsync(
        NodeId node, ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value, SetAttributeMode mode, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!Find(node).TryGet(out var inode)) return new(FileSystemError.Stale);
            var key = Encoding.Latin1.GetString(name.Span);
            var isThere = inode.Labels.ContainsKey(key);
            if (isThere && mode == SetAttributeMode.Create) return new(FileSystemError.Exists);
            if (!isThere && mode == SetAttributeMode.Replace) return new(FileSystemError.NoAttribute);
            if (value.Length > MaxLabelBytes) return new(FileSystemError.TooBig);
            inode.Labels[key] = value.ToArray();
            inode.ChangedAt = Now;
            return new(FileSystemError.None);
        }
    }

    public ValueTask<FileSystemError> RemoveExtendedAttributeAsync(NodeId node, ReadOnlyMemory<byte> name, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!Find(node).TryGet(out var inode)) return new(FileSystemError.Stale);
            if (!inode.Labels.Remove(Encoding.Latin1.GetString(name.Span))) return new(FileSystemError.NoAttribute);
            inode.ChangedAt = Now;
            return new(FileSystemError.None);
        }
    }

    public Outcome<ReadOnlyMemory<byte>> ListExtendedAttributes(NodeId node)
    {
        lock (_gate)
        {
            if (!Find(node).TryGet(out var inode)) return FileSystemError.Stale;
            return (ReadOnlyMemory<byte>)Encoding.Latin1.GetBytes(string.Concat(inode.Labels.Keys.Select(name => name + "\0")));
        }
    }

    private void Set(Inode inode, AttributeChange change)
    {
        var now = Now;
        if (change.SizeBytes is { } size)
        {
            inode.Content.Resize(size);
            inode.ModifiedAt = now;
        }

        if (change.DropsPrivileges && !inode.IsDirectory) inode.DropPrivileges();
        inode.Mode = change.Mode ?? inode.Mode;
        inode.Uid = change.Uid ?? inode.Uid;
        inode.Gid = change.Gid ?? inode.Gid;
        if (change.AccessedAt is { } accessed) inode.AccessedAt = accessed.At ?? now;
        if (change.ModifiedAt is { } modified) inode.ModifiedAt = modified.At ?? now;
        inode.ChangedAt = now;
    }
}
