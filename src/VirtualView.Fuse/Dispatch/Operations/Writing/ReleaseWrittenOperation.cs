using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>The last use of a file that may be written, by a mapping too. Nobody waits for the answer. Never cancelled.</summary>
internal sealed class ReleaseWrittenOperation(OpenHandles handles, WaitingRoom room, ILogger logger) : ChangingOperation<HandleId>(room, logger)
{
    protected override int Parse(in Request request, out HandleId arguments)
    {
        arguments = default;
        if (!request.TryGet(out ReleaseIn argument)) return Errno.EINVAL;
        arguments = new HandleId(argument.Handle);
        return 0;
    }

    protected override ValueTask<FileSystemError> CallAsync(HandleId arguments, WaitingCall call) => handles.SaveAndReleaseAsync(arguments);
}
