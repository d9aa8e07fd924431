using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>
/// Opens a file and pins its version. Its pages may stay from one open to the next, as a new version is another node;
/// and with nothing to write back a close need not ask us.
/// </summary>
internal sealed class OpenOperation(IViewFileSystem fileSystem, OpenHandles handles, WaitingRoom room, ILogger logger)
    : WaitingOperation<NodeId, Outcome<HandleId>>(room, logger)
{
    private const uint AccessMode = 3;
    private const uint Truncate = 0x200;

    protected override int Parse(in Request request, out NodeId arguments)
    {
        arguments = request.Node;
        if (!request.TryGet(out OpenIn open)) return Errno.EINVAL;
        return (open.Flags & (AccessMode | Truncate)) == 0 ? 0 : Errno.EROFS;
    }

    protected override async ValueTask<Outcome<HandleId>> CallAsync(NodeId arguments, WaitingCall call)
    {
        var opened = await fileSystem.OpenAsync(arguments, OpenIntent.Read, call.Token).ConfigureAwait(false);
        if (opened.TryGet(out var handle)) handles.Add(handle, arguments, isDirectory: false);
        return opened;
    }

    protected override Answer Encode(in NodeId arguments, in Outcome<HandleId> result, ReplyBuffer reply) =>
        result.TryGet(out var handle)
            ? Answer.Bytes(reply.Put(new OpenOut { Handle = handle.Value, Flags = OpenReplyFlags.KeepCache | OpenReplyFlags.NoFlush }))
            : Answer.Failed(result.Error);

    protected override void GiveBack(in Outcome<HandleId> result)
    {
        if (result.TryGet(out var handle)) handles.Release(handle, isDirectory: false);
    }
}
