using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Handles;
using VirtualView.Engine.History;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.FileSystem;

/// <summary>Open, read, release.</summary>
internal sealed class FileReads(
    NodeTable nodes, HandleTable handles, IOrigin origin, PinnedVersions pinned, BlockReader blocks,
    EngineCounters counters, long maxReadAheadBytes, IReadObserver? observer)
{
    /// <summary>What an open may read from the disk to prove it: a few milliseconds.</summary>
    private const long QuickProofBytes = 4L << 20;

    public async ValueTask<Outcome<HandleId>> OpenAsync(NodeId id, OpenIntent intent, CancellationToken cancel)
    {
        if (nodes.Find(id) is not { } node) return FileSystemError.Stale;
        if (node.Kind != EntryKind.File)
            return node.Kind == EntryKind.Directory ? FileSystemError.IsADirectory : FileSystemError.InvalidArgument;
        if ((intent & (OpenIntent.Write | OpenIntent.Truncate)) != 0) return FileSystemError.ReadOnly;
        if (node.Version is not { } version) return FileSystemError.Stale;
        await origin.BeforeOpenAsync(node, version, cancel);
        if (!nodes.TryPin(node)) return FileSystemError.Stale;
        try
        {
            return Open(node, origin.Newest(node.Path, version));
        }
        catch
        {
            nodes.Unpin(node);
            throw;
        }
    }

    public ReadStep TryRead(HandleId id, long offset, Span<byte> into)
    {
        if (offset < 0 || handles.File(id) is not { } file || !file.Version.IsStored) return ReadStep.MustWait;
        var range = Clamp(file, offset, into.Length);
        if (range.IsEmpty) return ReadStep.Done(0);
        into = into[..(int)range.Length];
        if (file.Version.Payload.TryRead(offset, into) != BlockRead.Hit) return ReadStep.MustWait;
        var ahead = file.ReadAhead.Observe(offset, into.Length);
        if (!ahead.IsEmpty) blocks.Prefetch(file.Version, ahead);
        Served(file, offset, into);
        return ReadStep.Done(into.Length);
    }

    public async ValueTask<ReadOutcome> ReadAsync(HandleId id, long offset, Memory<byte> into, CancellationToken cancel)
    {
        if (handles.File(id) is not { } file) return ReadOutcome.Failed(FileSystemError.BadHandle);
        if (offset < 0) return ReadOutcome.Failed(FileSystemError.InvalidArgument);
        var range = Clamp(file, offset, into.Length);
        if (range.IsEmpty) return ReadOutcome.Read(0);
        into = into[..(int)range.Length];
        var ahead = file.ReadAhead.Observe(offset, into.Length);
        // Held for itself: a release must not take the payload from a read that is under way.
        if (!pinned.TryHold(file.Version)) return ReadOutcome.Failed(FileSystemError.BadHandle);
        FileSystemError error;
        try
        {
            error = await blocks.ReadAsync(file.Version, offset, into, ahead, cancel);
        }
        finally
        {
            pinned.Unpin(file.Version);
        }

        if (error != FileSystemError.None) return Failed(error);
        Served(file, offset, into.Span);
        return ReadOutcome.Read(into.Length);
    }

    /// <summary>
    /// The file behind the handle, if the store has all of it. What is not proven yet is proved first where that is
    /// quick; where it is not, but the greater part is proven by readers, the rest follows in the background, for the
    /// next open.
    /// </summary>
    public async ValueTask<SafeFileHandle?> LendAsync(HandleId id, CancellationToken cancel)
    {
        if (handles.File(id) is not { Version.IsStored: true } file || !pinned.TryHold(file.Version)) return null;
        try
        {
            var payload = file.Version.Payload;
            if (payload.TryLend(out var proven)) return proven;
            if (await payload.ProveAsync(QuickProofBytes, cancel)) return payload.TryLend(out var lent) ? lent : null;
            blocks.ProveRest(file.Version);
            return null;
        }
        finally
        {
            pinned.Unpin(file.Version);
        }
    }

    public void Release(HandleId id)
    {
        if (handles.RemoveFile(id) is not { } file) return;
        pinned.Unpin(file.Version);
        nodes.Unpin(file.Node);
    }

    private static ByteRange Clamp(OpenFile file, long offset, int length) =>
        offset < 0 || offset >= file.Version.Version.SizeBytes
            ? default
            : new ByteRange(offset, Math.Min(length, file.Version.Version.SizeBytes - offset));

    private HandleId Open(Node node, KnownVersion known)
    {
        var version = known.Version;
        var id = handles.Next();
        var pin = pinned.Pin(version, node.Path, known.IsPast);
        observer?.Opened(id, node.Path, version.Id);
        handles.Add(new OpenFile(id, node, pin, new ReadAhead(version.SizeBytes, pin.BlockSizeBytes, maxReadAheadBytes)));
        return id;
    }

    private void Served(OpenFile file, long offset, ReadOnlySpan<byte> bytes)
    {
        counters.Served(bytes.Length);
        file.Version.Transfers.AddServed(bytes.Length);
        observer?.Served(file.Id, file.Version.Version.Id, offset, bytes);
    }

    private ReadOutcome Failed(FileSystemError error)
    {
        if (error == FileSystemError.Stale) counters.ReadWasStale();
        return ReadOutcome.Failed(error);
    }
}
