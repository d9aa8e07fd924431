using Microsoft.Extensions.Logging;
using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Nodes;

namespace VirtualView.Engine.FileSystem;

/// <summary>
/// The inode calls, each handed to the class that knows how. What no class expected is a defect: logged here with its
/// cause, and told as such.
/// </summary>
internal sealed class ViewFileSystem(
    NodeTable nodes, Lookups lookups, FileReads files, DirectoryReads directories, ExtendedAttributes extended, IBlockStore store, ILogger logger)
    : IViewFileSystem
{
    public ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        var lookup = lookups.LookupAsync(directory, name, cancel);
        return lookup.IsCompletedSuccessfully ? lookup : GuardAsync(lookup);
    }

    public void Forget(NodeId node, ulong lookups) => nodes.Forget(node, lookups);

    public ValueTask<Outcome<NodeAttributes>> GetAttributesAsync(NodeId node, CancellationToken cancel) =>
        ValueTask.FromResult(lookups.Attributes(node));

    public ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel) =>
        GuardAsync(files.OpenAsync(file, intent, cancel));

    public ReadStep TryRead(HandleId handle, long offset, Span<byte> into) => files.TryRead(handle, offset, into);

    public async ValueTask<ReadOutcome> ReadAsync(HandleId handle, long offset, Memory<byte> into, CancellationToken cancel)
    {
        try
        {
            return await files.ReadAsync(handle, offset, into, cancel);
        }
        catch (OperationCanceledException)
        {
            return ReadOutcome.Failed(FileSystemError.Interrupted);
        }
        catch (Exception defect)
        {
            EngineLog.CallFailed(logger, defect);
            return ReadOutcome.Failed(FileSystemError.Internal);
        }
    }

    public void Release(HandleId handle) => files.Release(handle);

    public ValueTask<Outcome<HandleId>> OpenDirectoryAsync(NodeId directory, CancellationToken cancel) =>
        GuardAsync(directories.OpenAsync(directory, cancel));

    public FileSystemError ReadDirectory(HandleId directory, long position, bool withAttributes, IDirectoryReply reply) =>
        directories.Read(directory, position, withAttributes, reply);

    public void ReleaseDirectory(HandleId directory) => directories.Release(directory);

    public Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId symlink) => lookups.ReadLink(symlink);

    public Outcome<ReadOnlyMemory<byte>> GetExtendedAttribute(NodeId node, ReadOnlySpan<byte> name) => extended.Get(node, name);

    public FileSystemStatistics Statistics()
    {
        var status = store.Status();
        return new FileSystemStatistics(status.CapacityBytes, Math.Max(0, status.CapacityBytes - status.UsedBytes), nodes.Count);
    }

    private async ValueTask<Outcome<T>> GuardAsync<T>(ValueTask<Outcome<T>> call)
    {
        try
        {
            return await call;
        }
        catch (OperationCanceledException)
        {
            return FileSystemError.Interrupted;
        }
        catch (Exception defect)
        {
            EngineLog.CallFailed(logger, defect);
            return FileSystemError.Internal;
        }
    }
}
