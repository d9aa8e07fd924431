using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary><c>fsync</c> and <c>fdatasync</c> of a file or directory. Never cancelled: what comes after relies on it.</summary>
internal sealed class SyncOperation(IWritableFileSystem fileSystem, bool isDirectory, WaitingRoom room, ILogger logger)
    : ChangingOperation<SyncArguments>(room, logger)
{
    private const uint DataOnly = 1;

    protected override int Parse(in Request request, out SyncArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out SyncIn argument)) return Errno.EINVAL;
        arguments = new SyncArguments(new HandleId(argument.Handle), (argument.Flags & DataOnly) != 0);
        return 0;
    }

    protected override ValueTask<FileSystemError> CallAsync(SyncArguments arguments, WaitingCall call) => isDirectory
        ? fileSystem.SyncDirectoryAsync(arguments.Handle, arguments.DataOnly, CancellationToken.None)
        : fileSystem.SyncAsync(arguments.Handle, arguments.DataOnly, CancellationToken.None);
}
