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
/// Opens a file and pins its version. Its pages may stay from one open to the next, as a new version is another node;
/// and with nothing to write back a close need not ask us. What is here as a whole the kernel may read by itself.
/// </summary>
internal sealed class OpenOperation(IViewFileSystem fileSystem, OpenHandles handles, OpenModes modes, WaitingRoom room, ILogger logger)
    : WaitingOperation<NodeId, Outcome<OpenedFile>>(room, logger)
{
    private const uint AccessMode = 3;
    private const uint Truncate = 0x200;

    protected override int Parse(in Request request, out NodeId arguments)
    {
        arguments = request.Node;
        if (!request.TryGet(out OpenIn open)) return Errno.EINVAL;
        return (open.Flags & (AccessMode | Truncate)) == 0 ? 0 : Errno.EROFS;
    }

    protected override async ValueTask<Outcome<OpenedFile>> CallAsync(NodeId arguments, WaitingCall call)
    {
        var opened = await fileSystem.OpenAsync(arguments, OpenIntent.Read, call.Token).ConfigureAwait(false);
        if (!opened.TryGet(out var handle)) return opened.Error;
        try
        {
            var backingId = await modes.EnterAsync(arguments, handle, call.Token).ConfigureAwait(false);
            handles.Add(handle, arguments, isDirectory: false);
            return new OpenedFile(handle, backingId);
        }
        catch
        {
            fileSystem.Release(handle);
            throw;
        }
    }

    protected override Answer Encode(in NodeId arguments, in Outcome<OpenedFile> result, ReplyBuffer reply)
    {
        if (!result.TryGet(out var opened)) return Answer.Failed(result.Error);
        // The kernel refuses a backing file together with its own pages.
        var flags = OpenReplyFlags.NoFlush | (opened.BackingId != 0 ? OpenReplyFlags.Passthrough : OpenReplyFlags.KeepCache);
        return Answer.Bytes(reply.Put(new OpenOut { Handle = opened.Handle.Value, Flags = flags, BackingId = opened.BackingId }));
    }

    protected override void GiveBack(in Outcome<OpenedFile> result)
    {
        if (result.TryGet(out var opened)) handles.Release(opened.Handle, isDirectory: false);
    }
}
