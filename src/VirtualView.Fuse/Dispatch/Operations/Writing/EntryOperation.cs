using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>An operation that makes a name, and answers with what it leads to.</summary>
internal abstract class EntryOperation<TArguments>(
    IWritableFileSystem fileSystem, AttributeEncoder encoder, WaitingRoom room, ILogger logger)
    : WaitingOperation<TArguments, Outcome<NodeAttributes>>(room, logger)
{
    protected sealed override Answer Encode(in TArguments arguments, in Outcome<NodeAttributes> result, ReplyBuffer reply) =>
        result.TryGet(out var node) ? Answer.Bytes(reply.Put(encoder.Entry(node))) : Answer.Failed(result.Error);

    protected sealed override void GiveBack(in Outcome<NodeAttributes> result)
    {
        if (result.TryGet(out var node)) fileSystem.Forget(node.Node, 1);
    }
}
