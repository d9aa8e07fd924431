using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Passthrough;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>
/// Opens a file and pins its version. What is here as a whole the kernel may read by itself, unless the open may write.
/// </summary>
internal sealed class OpenOperation(
    IViewFileSystem fileSystem, FuseMountOptions options, OpenHandles handles, OpenModes modes, WaitingRoom room, ILogger logger)
    : WaitingOperation<OpenArguments, Outcome<OpenedFile>>(room, logger)
{
    private readonly bool _canWrite = fileSystem is IWritableFileSystem && !options.ReadOnly;

    protected override int Parse(in Request request, out OpenArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out OpenIn open) || OpenFlags.IntentOf(open.Flags) is not { } intent) return Errno.EINVAL;
        if (intent != OpenIntent.Read && !_canWrite) return Errno.EROFS;
        if (open.OpenFlags.HasFlag(OpenRequestFlags.KillSuidGid)) intent |= OpenIntent.DropPrivileges;
        arguments = new OpenArguments(request.Node, intent);
        return 0;
    }

    protected override ValueTask<Outcome<OpenedFile>> CallAsync(OpenArguments arguments, WaitingCall call) =>
        arguments.Intent == OpenIntent.Read ? ReadingAsync(arguments, call.Token) : WritingAsync(arguments, call.Token);

    protected override Answer Encode(in OpenArguments arguments, in Outcome<OpenedFile> result, ReplyBuffer reply)
    {
        if (!result.TryGet(out var opened)) return Answer.Failed(result.Error);
        // The kernel refuses a backing file together with its own pages.
        var flags = opened.BackingId != 0 ? OpenReplyFlags.NoFlush | OpenReplyFlags.Passthrough : OpenFlags.ReplyFor(arguments.Intent);
        return Answer.Bytes(reply.Put(new OpenOut { Handle = opened.Handle.Value, Flags = flags, BackingId = opened.BackingId }));
    }

    protected override void GiveBack(in Outcome<OpenedFile> result)
    {
        if (result.TryGet(out var opened)) handles.Release(opened.Handle, isDirectory: false);
    }

    private async ValueTask<Outcome<OpenedFile>> ReadingAsync(OpenArguments arguments, CancellationToken cancel)
    {
        var opened = await fileSystem.OpenAsync(arguments.Node, arguments.Intent, cancel).ConfigureAwait(false);
        if (!opened.TryGet(out var handle)) return opened.Error;
        try
        {
            var backingId = await modes.EnterAsync(arguments.Node, handle, cancel).ConfigureAwait(false);
            handles.Add(handle, arguments.Node, isDirectory: false);
            return new OpenedFile(handle, backingId);
        }
        catch
        {
            fileSystem.Release(handle);
            throw;
        }
    }

    /// <summary>Asks first whether it may be: the file system's open may truncate.</summary>
    private async ValueTask<Outcome<OpenedFile>> WritingAsync(OpenArguments arguments, CancellationToken cancel)
    {
        if (!modes.TryEnterWriting(arguments.Node)) return FileSystemError.Busy;
        var isOpen = false;
        try
        {
            var opened = await fileSystem.OpenAsync(arguments.Node, arguments.Intent, cancel).ConfigureAwait(false);
            if (!opened.TryGet(out var handle)) return opened.Error;
            handles.Add(handle, arguments.Node, isDirectory: false);
            isOpen = true;
            return new OpenedFile(handle, BackingId: 0);
        }
        finally
        {
            if (!isOpen) modes.Leave(arguments.Node);
        }
    }
}
