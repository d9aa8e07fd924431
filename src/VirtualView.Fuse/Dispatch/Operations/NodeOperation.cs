using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>An operation that needs the attributes of its node.</summary>
internal abstract class NodeOperation<TArguments>(IViewFileSystem fileSystem, WaitingRoom room, ILogger logger)
    : WaitingOperation<(NodeId Node, TArguments Argument), Outcome<NodeAttributes>>(room, logger)
{
    protected sealed override ValueTask<Outcome<NodeAttributes>> CallAsync((NodeId Node, TArguments Argument) arguments, WaitingCall call) =>
        fileSystem.GetAttributesAsync(arguments.Node, call.Token);

    protected sealed override Answer Encode(in (NodeId Node, TArguments Argument) arguments, in Outcome<NodeAttributes> result, ReplyBuffer reply) =>
        result.TryGet(out var node) ? Encode(arguments.Argument, node, reply) : Answer.Failed(result.Error);

    protected abstract Answer Encode(in TArguments arguments, in NodeAttributes node, ReplyBuffer reply);
}
