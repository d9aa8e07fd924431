using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Finds what a name leads to. That there is no such name is an answer too, and is remembered.</summary>
internal sealed class LookupOperation(
    IViewFileSystem fileSystem, FuseMountOptions options, AttributeEncoder encoder, WaitingRoom room, ILogger logger)
    : WaitingOperation<LookupArguments, Outcome<NodeAttributes>>(room, logger)
{
    protected override int Parse(in Request request, out LookupArguments arguments)
    {
        var errno = request.ParseName(0, out var name);
        arguments = new LookupArguments(request.Node, name);
        return errno;
    }

    protected override ValueTask<Outcome<NodeAttributes>> CallAsync(LookupArguments arguments, WaitingCall call) =>
        fileSystem.LookupAsync(arguments.Directory, arguments.Name, call.Token);

    protected override Answer Encode(in LookupArguments arguments, in Outcome<NodeAttributes> result, ReplyBuffer reply)
    {
        if (result.TryGet(out var node)) return Answer.Bytes(reply.Put(encoder.Entry(node)));
        return result.Error == FileSystemError.NotFound && options.NegativeTtl > TimeSpan.Zero
            ? Answer.Bytes(reply.Put(encoder.Absent()))
            : Answer.Failed(result.Error);
    }

    protected override void GiveBack(in Outcome<NodeAttributes> result)
    {
        if (result.TryGet(out var node)) fileSystem.Forget(node.Node, 1);
    }
}
