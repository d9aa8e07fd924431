using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Opens a directory and pins what it lists. The kernel keeps no copy of the list.</summary>
internal sealed class OpenDirectoryOperation(IViewFileSystem fileSystem, OpenHandles handles, WaitingRoom room, ILogger logger)
    : WaitingOperation<NodeId, Outcome<HandleId>>(room, logger)
{
    protected override int Parse(in Request request, out NodeId arguments)
    {
        arguments = request.Node;
        return 0;
    }

    protected override async ValueTask<Outcome<HandleId>> CallAsync(NodeId arguments, WaitingCall call)
    {
        var opened = await fileSystem.OpenDirectoryAsync(arguments, call.Token).ConfigureAwait(false);
        if (opened.TryGet(out var handle)) handles.Add(handle, arguments, isDirectory: true);
        return opened;
    }

    protected override Answer Encode(in NodeId arguments, in Outcome<HandleId> result, ReplyBuffer reply) =>
        result.TryGet(out var handle)
            ? Answer.Bytes(reply.Put(new OpenOut { Handle = handle.Value, Flags = OpenReplyFlags.None }))
            : Answer.Failed(result.Error);

    protected override void GiveBack(in Outcome<HandleId> result)
    {
        if (result.TryGet(out var handle)) handles.Release(handle, isDirectory: true);
    }
}
