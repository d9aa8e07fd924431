using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary><c>statx</c> that asked for more than <c>stat</c> has. There is no birth time: the mask says so.</summary>
internal sealed class StatxOperation(IViewFileSystem fileSystem, AttributeEncoder encoder, WaitingRoom room, ILogger logger)
    : NodeOperation<Nothing>(fileSystem, room, logger)
{
    protected override int Parse(in Request request, out (NodeId Node, Nothing Argument) arguments)
    {
        arguments = (request.Node, default);
        return 0;
    }

    protected override Answer Encode(in Nothing arguments, in NodeAttributes node, ReplyBuffer reply) =>
        Answer.Bytes(reply.Put(encoder.StatxReply(node)));
}
