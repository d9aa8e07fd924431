using System.Collections.Concurrent;
using System.Text;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Fuse.TestHost;

/// <summary>A file system in memory that keeps the contract, and can be made to misbehave.</summary>
public sealed class MemoryFileSystem(TimeProvider time) : IViewFileSystem
{
    public static readonly TimeSpan ColdDelay = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentDictionary<ulong, MemoryNode> _nodes = new();
    private readonly ConcurrentDictionary<ulong, MemoryNode> _files = new();
    private readonly ConcurrentDictionary<ulong, OpenDirectory> _directories = new();
    private ulong _lastNode;
    private ulong _lastHandle;
    private long _openedStale;

    public MemoryNode Root => _nodes[NodeId.Root.Value];

    public int OpenHandles => _files.Count + _directories.Count;

    public long OpenedStale => Interlocked.Read(ref _openedStale);

    public long OutstandingLookups => _nodes.Values.Sum(node => node.Lookups);

    public long GrantedLookups => _nodes.Values.Sum(node => node.GrantedLookups);

    /// <summary>The value of <c>user.virtualview.version</c>, on every node.</summary>
    public string VersionAttribute { get; set; } = "v1";

    /// <summary>What is lent of a handle.</summary>
    public Func<HandleId, ValueTask<SafeFileHandle?>> Lend { get; set; } = _ => ValueTask.FromResult<SafeFileHandle?>(null);

    /// <summary>Lookups of this name never end, until cancelled.</summary>
    public PathName StuckName { get; } = PathName.Of("stuck-name");

    /// <summary>Makes a node that has no name yet; the first is the root.</summary>
    public MemoryNode Add(EntryKind kind, long sizeBytes = 0, int seed = 0, Temper temper = Temper.Warm, string target = "")
    {
        var node = new MemoryNode(Interlocked.Increment(ref _lastNode), kind)
        {
            SizeBytes = sizeBytes, Seed = seed, Temper = temper, Target = Encoding.UTF8.GetBytes(target),
        };
        _nodes[node.Id.Value] = node;
        return node;
    }

    public async ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        if (!_nodes.TryGetValue(directory.Value, out var parent)) return FileSystemError.Stale;
        if (parent.Kind != EntryKind.Directory) return FileSystemError.NotADirectory;
        if (name == StuckName && !await WaitAsync(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false)) return FileSystemError.Interrupted;
        if (parent.Child(name) is not { } node) return FileSystemError.NotFound;
        node.GrantLookup();
        return node.Attributes;
    }

    public void Forget(NodeId node, ulong lookups)
    {
        if (_nodes.TryGetValue(node.Value, out var known)) known.ForgetLookups((long)lookups);
    }

    public ValueTask<Outcome<NodeAttributes>> GetAttributesAsync(NodeId node, CancellationToken cancel) =>
        new(_nodes.TryGetValue(node.Value, out var known) ? known.Attributes : (Outcome<NodeAttributes>)FileSystemError.Stale);

    public ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel)
    {
        if (!_nodes.TryGetValue(file.Value, out var node) || node.IsSuperseded)
        {
            Interlocked.Increment(ref _openedStale);
            return new(FileSystemError.Stale);
        }

        var handle = new HandleId(Interlocked.Increment(ref _lastHandle));
        _files[handle.Value] = node;
        return new(handle);
    }

    public ReadStep TryRead(HandleId handle, long offset, Span<byte> into)
    {
        if (!_files.TryGetValue(handle.Value, out var node) || node.Temper != Temper.Warm) return ReadStep.MustWait;
        return ReadStep.Done(Copy(node, offset, into));
    }

    public async ValueTask<ReadOutcome> ReadAsync(HandleId handle, long offset, Memory<byte> into, CancellationToken cancel)
    {
        if (!_files.TryGetValue(handle.Value, out var node)) return ReadOutcome.Failed(FileSystemError.BadHandle);
        if (node.Temper == Temper.Broken) throw new InvalidOperationException("this file is broken");
        var delay = node.Temper == Temper.Stuck ? Timeout.InfiniteTimeSpan : ColdDelay;
        return await WaitAsync(delay, cancel).ConfigureAwait(false)
            ? ReadOutcome.Read(Copy(node, offset, into.Span))
            : ReadOutcome.Failed(FileSystemError.Interrupted);
    }

    public void Release(HandleId handle) => _files.TryRemove(handle.Value, out _);

    public ValueTask<SafeFileHandle?> LendAsync(HandleId handle, CancellationToken cancel) => Lend(handle);

    public ValueTask<Outcome<HandleId>> OpenDirectoryAsync(NodeId directory, CancellationToken cancel)
    {
        if (!_nodes.TryGetValue(directory.Value, out var node)) return new(FileSystemError.Stale);
        var handle = new HandleId(Interlocked.Increment(ref _lastHandle));
        _directories[handle.Value] = new OpenDirectory(node, node.List());
        return new(handle);
    }

    public FileSystemError ReadDirectory(HandleId directory, long position, bool withAttributes, IDirectoryReply reply) =>
        _directories.TryGetValue(directory.Value, out var open) ? open.Read(position, withAttributes, reply) : FileSystemError.BadHandle;

    public void ReleaseDirectory(HandleId directory) => _directories.TryRemove(directory.Value, out _);

    public Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId symlink)
    {
        if (!_nodes.TryGetValue(symlink.Value, out var node)) return FileSystemError.Stale;
        return node.Kind == EntryKind.Symlink ? (ReadOnlyMemory<byte>)node.Target : FileSystemError.NotASymlink;
    }

    public Outcome<ReadOnlyMemory<byte>> GetExtendedAttribute(NodeId node, ReadOnlySpan<byte> name) =>
        name.SequenceEqual("user.virtualview.version"u8)
            ? (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(VersionAttribute)
            : FileSystemError.NoAttribute;

    public FileSystemStatistics Statistics() => new(1L << 40, 1L << 39, _nodes.Count);

    private static int Copy(MemoryNode node, long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(node.SizeBytes - offset, 0, into.Length);
        Content.Fill(node.Seed, offset, into[..count]);
        return count;
    }

    private async ValueTask<bool> WaitAsync(TimeSpan delay, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(delay, time, cancel).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
