using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>
/// A descriptor of a file that may be written was closed, once for each: the last moment at which <c>close</c> can tell of an
/// error. Never cancelled.
/// </summary>
internal sealed class FlushOperation(IWritableFileSystem fileSystem, WaitingRoom room, ILogger logger)
    : ChangingOperation<HandleId>(room, logger)
{
    protected override int Parse(in Request request, out HandleId arguments)
    {
        arguments = default;
        if (!request.TryGet(out FlushIn argument)) return Errno.EINVAL;
        arguments = new HandleId(argument.Handle);
        return 0;
    }

    protected override ValueTask<FileSystemError> CallAsync(HandleId arguments, WaitingCall call) =>
        fileSystem.FlushAsync(arguments, CancellationToken.None);
}
