using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Blocks;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Engine.Nodes;
using VirtualView.Engine.Overlay;

namespace VirtualView.Engine.FileSystem;

/// <summary>
/// The inode calls, each handed to the class that knows how. Here is the edge: every call ends in time, and what no
/// class expected is a defect, logged with its cause and told as such.
/// </summary>
internal sealed class ViewFileSystem(
    NodeTable nodes, Lookups lookups, FileReads files, DirectoryReads directories, ExtendedAttributes extended, IBlockStore store,
    TimeSpan deadline, TimeProvider clock, ILogger logger)
    : ISourcesView
{
    public Outcome<NodeAttributes>? LookupAtHand(NodeId directory, PathName name)
    {
        try
        {
            return lookups.Lookup(directory, name);
        }
        catch (Exception defect)
        {
            return Internal(defect);
        }
    }

    public ValueTask<Outcome<NodeAttributes>> LookupAsync(NodeId directory, PathName name, CancellationToken cancel)
    {
        try
        {
            return lookups.Lookup(directory, name) is { } atHand
                ? ValueTask.FromResult(atHand)
                : InTimeAsync(token => lookups.LookupAsync(directory, name, token), cancel);
        }
        catch (Exception defect)
        {
            return ValueTask.FromResult<Outcome<NodeAttributes>>(Internal(defect));
        }
    }

    public void Forget(NodeId node, ulong lookups) => nodes.Forget(node, lookups);

    /// <summary>Called with every <c>stat</c>: no closure.</summary>
    public ValueTask<Outcome<NodeAttributes>> GetAttributesAsync(NodeId node, CancellationToken cancel)
    {
        try
        {
            return ValueTask.FromResult(lookups.Attributes(node));
        }
        catch (Exception defect)
        {
            return ValueTask.FromResult<Outcome<NodeAttributes>>(Internal(defect));
        }
    }

    public ValueTask<Outcome<HandleId>> OpenAsync(NodeId file, OpenIntent intent, CancellationToken cancel) =>
        InTimeAsync(token => files.OpenAsync(file, intent, token), cancel);

    public ReadStep TryRead(HandleId handle, long offset, Span<byte> into)
    {
        try
        {
            return files.TryRead(handle, offset, into);
        }
        catch (Exception defect)
        {
            EngineLog.CallFailed(logger, defect);
            return ReadStep.MustWait;
        }
    }

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
            return ReadOutcome.Failed(Internal(defect));
        }
    }

    public void Release(HandleId handle) => files.Release(handle);

    public async ValueTask<SafeFileHandle?> LendAsync(HandleId handle, CancellationToken cancel)
    {
        try
        {
            return await files.LendAsync(handle, cancel);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception defect)
        {
            EngineLog.CallFailed(logger, defect);
            return null;
        }
    }

    public ValueTask<Outcome<HandleId>> OpenDirectoryAsync(NodeId directory, CancellationToken cancel) =>
        InTimeAsync(token => directories.OpenAsync(directory, token), cancel);

    public FileSystemError ReadDirectory(HandleId directory, long position, bool withAttributes, IDirectoryReply reply)
    {
        try
        {
            return directories.Read(directory, position, withAttributes, reply);
        }
        catch (Exception defect)
        {
            return Internal(defect);
        }
    }

    public void ReleaseDirectory(HandleId directory) => directories.Release(directory);

    public Outcome<ReadOnlyMemory<byte>> ReadLink(NodeId symlink) => Guard(() => lookups.ReadLink(symlink));

    public Outcome<ReadOnlyMemory<byte>> GetExtendedAttribute(NodeId node, ReadOnlySpan<byte> name)
    {
        try
        {
            return extended.Get(node, name);
        }
        catch (Exception defect)
        {
            return Internal(defect);
        }
    }

    public FileSystemStatistics Statistics()
    {
        var status = store.Status();
        return new FileSystemStatistics(status.CapacityBytes, Math.Max(0, status.CapacityBytes - status.UsedBytes), nodes.Count);
    }

    /// <summary>One deadline for all that a call asks of sources, whatever it has to ask.</summary>
    private async ValueTask<Outcome<T>> InTimeAsync<T>(Func<CancellationToken, ValueTask<Outcome<T>>> call, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException)
        {
            return cancel.IsCancellationRequested ? FileSystemError.Interrupted : FileSystemError.TimedOut;
        }
        catch (Exception defect)
        {
            return Internal(defect);
        }
    }

    private Outcome<T> Guard<T>(Func<Outcome<T>> call)
    {
        try
        {
            return call();
        }
        catch (Exception defect)
        {
            return Internal(defect);
        }
    }

    private FileSystemError Internal(Exception defect)
    {
        EngineLog.CallFailed(logger, defect);
        return FileSystemError.Internal;
    }
}
