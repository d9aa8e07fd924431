using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary><c>removexattr</c></summary>
internal sealed class RemoveExtendedAttributeOperation(IWritableFileSystem fileSystem, WaitingRoom room, ILogger logger)
    : ChangingOperation<RemoveExtendedAttributeArguments>(room, logger)
{
    protected override int Parse(in Request request, out RemoveExtendedAttributeArguments arguments)
    {
        arguments = default;
        if (!request.TryGetName(0, out var name)) return Errno.EINVAL;
        arguments = new RemoveExtendedAttributeArguments(request.Node, name.ToArray());
        return ExtendedAttributeNames.Check(name);
    }

    protected override ValueTask<FileSystemError> CallAsync(RemoveExtendedAttributeArguments arguments, WaitingCall call) =>
        fileSystem.RemoveExtendedAttributeAsync(arguments.Node, arguments.Name, call.Token);
}
