using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Engine;
using VirtualView.Engine.Options;
using VirtualView.Simulation.Runs;

namespace VirtualView.Simulation.Tests.Reference;

/// <summary>
/// The simplest file system that keeps the promises: no read-ahead, no sharing, no poll of its own, no memory over
/// restarts. With a planted defect it shows that the checks can fail.
/// </summary>
internal sealed class ReferenceView : IViewUnderTest, IViewFileSystem
{
    private readonly EngineRooms _rooms;
    private readonly PlantedDefect _defect;
    private readonly ReferenceCatalog _catalog;
    private readonly ReferenceReader _reader;
    private readonly Dictionary<NodeId, ReferenceNode> _nodes = [];
    private readonly Dictionary<VirtualPath, NodeId> _current = [];
    private readonly Dictionary<HandleId, ReferenceHandle> _handles = [];
    private readonly Dictionary<(VirtualPath, long), PayloadIdentity> _firstSeen = [];
    private ulong _last = NodeId.Root.Value;

    private ReferenceView(EngineOptions options, EngineRooms rooms, PlantedDefect defect)
    {
        (_rooms, _defect) = (rooms, defect);
        _catalog = new ReferenceCatalog(options, rooms, defect);
        _reader = new ReferenceReader(_catalog, rooms, defect);
        _nodes[NodeId.Root] = new ReferenceNode(NodeId.Root, VirtualPath.Root, null);
    }

    public IViewFileSystem FileSystem => this;

    public int OpenHandles => _handles.Count;

    public static ViewFactory With(PlantedDefect defect) =>
        (options, rooms, _) => ValueTask.FromResult<IViewUnderTest>(new ReferenceView(options, rooms, defect));

    public bool RemembersOverRestarts => false;

    public async ValueTask PollAsync(bool acceptDeletions, CancellationToken cancel) => await _catalog.PollAsync(acceptDeletions);

    public async ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        var path = _nodes[directory].Path / name;
        var found = await _catalog.FindAsync(path);
        if (!found.IsOk) return found.Error;
        if (!_current.TryGetValue(path, out var id) || _nodes[id].Version != found.Value)
        {
            _current[path] = id = new NodeId(++_last);
            _nodes[id] = new ReferenceNode(id, path, found.Value);
        }

        return Show(_nodes[id]);
    }

    public void Forget(NodeId node, ulong lookups)
    {
    }

    public ValueTask<Outcome<NodeAttributes>> GetAttributesAsync(NodeId node, CancellationToken cancel) => new(Show(_nodes[node]));

    public async ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel)
    {
        var node = _nodes[file];
        var now = await _catalog.FindAsync(node.Path);
        if (!now.IsOk) return now.Error;
        if (now.Value != node.Version && _defect != PlantedDefect.OpensSuperseded) return FileSystemError.Stale;
        var handle = new ReferenceHandle(new HandleId(++_last), node, _rooms.Blocks.Open(Identify(node)));
        _handles[handle.Id] = handle;
        _rooms.Observer?.Opened(handle.Id, node.Path, node.Version!.Id);
        return handle.Id;
    }

    public ReadStep TryRead(HandleId handle, long offset, Span<byte> into) => ReadStep.MustWait;

    public async ValueTask<ReadOutcome> ReadAsync(HandleId handle, long offset, Memory<byte> into, CancellationToken cancel)
    {
        if (_defect == PlantedDefect.LeavesTheThread) await ComeBackFromAnotherThreadAsync();
        var open = _handles[handle];
        var read = await _reader.ReadAsync(open, offset, into);
        if (_defect == PlantedDefect.ThrowsOnCancel) cancel.ThrowIfCancellationRequested();
        if (cancel.IsCancellationRequested) return ReadOutcome.Failed(FileSystemError.Interrupted);
        if (read.IsOk) _rooms.Observer?.Served(handle, open.Node.Version!.Id, offset, into.Span[..read.Bytes]);
        return read;
    }

    public void Release(HandleId handle)
    {
        if (_defect != PlantedDefect.LeaksLeases) _handles[handle].Payload.Dispose();
        if (_defect != PlantedDefect.LeaksHandles) _handles.Remove(handle);
    }

    public ValueTask<Outcome<HandleId>> OpenDirectoryAsync(NodeId directory, CancellationToken cancel) => new(FileSystemError.Unreachable);

    public FileSystemError ReadDirectory(HandleId directory, long position, bool withAttributes, IDirectoryReply reply) => FileSystemError.BadHandle;

    public void ReleaseDirectory(HandleId directory)
    {
    }

    public Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId symlink) => FileSystemError.NotASymlink;

    public Outcome<ReadOnlyMemory<byte>> GetExtendedAttribute(NodeId node, ReadOnlySpan<byte> name) => FileSystemError.NoAttribute;

    public FileSystemStatistics Statistics() => default;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private PayloadIdentity Identify(ReferenceNode node)
    {
        var version = node.Version!;
        if (_defect != PlantedDefect.CachesByPath) return new PayloadIdentity(version.Id, version.SizeBytes);
        return _firstSeen.TryGetValue((node.Path, version.SizeBytes), out var first)
            ? first
            : _firstSeen[(node.Path, version.SizeBytes)] = new PayloadIdentity(version.Id, version.SizeBytes);
    }

    private static NodeAttributes Show(ReferenceNode node) => new()
    {
        Node = node.Id,
        InodeNumber = node.Id.Value,
        Kind = node.Version is null ? Core.Sources.EntryKind.Directory : Core.Sources.EntryKind.File,
        SizeBytes = node.Version?.SizeBytes ?? 0,
        ModifiedAt = node.Version?.ModifiedAt ?? default,
        Mode = 0,
        Uid = 0,
        Gid = 0,
        Links = 1,
    };

    /// <summary>What a continuation on the thread pool does, but over before the pump can find that nothing is left to do.</summary>
    private static Task ComeBackFromAnotherThreadAsync()
    {
        var (back, context) = (new TaskCompletionSource(), SynchronizationContext.Current!);
        var thread = new Thread(() => context.Post(_ => back.SetResult(), null));
        thread.Start();
        thread.Join();
        return back.Task;
    }
}
