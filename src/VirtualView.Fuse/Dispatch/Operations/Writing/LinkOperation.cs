using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary><c>link</c>: one more name. The reply's attributes tell the kernel of the new number of links.</summary>
internal sealed class LinkOperation(IWritableFileSystem fileSystem, AttributeEncoder encoder, WaitingRoom room, ILogger logger)
    : EntryOperation<LinkArguments>(fileSystem, encoder, room, logger)
{
    private readonly IWritableFileSystem _fileSystem = fileSystem;

    protected override unsafe int Parse(in Request request, out LinkArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out LinkIn argument)) return Errno.EINVAL;
        var errno = request.ParseName(sizeof(LinkIn), out var name);
        arguments = new LinkArguments(new NodeId(argument.NodeId), request.Node, name);
        return errno;
    }

    protected override ValueTask<Outcome<NodeAttributes>> CallAsync(LinkArguments arguments, WaitingCall call) =>
        _fileSystem.LinkAsync(arguments.Node, arguments.Directory, arguments.Name, call.Token);
}
