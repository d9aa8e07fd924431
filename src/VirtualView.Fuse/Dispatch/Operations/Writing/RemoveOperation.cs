using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary><c>unlink</c> and <c>rmdir</c>: takes a name away.</summary>
internal sealed class RemoveOperation(IWritableFileSystem fileSystem, bool isDirectory, WaitingRoom room, ILogger logger)
    : ChangingOperation<LookupArguments>(room, logger)
{
    protected override int Parse(in Request request, out LookupArguments arguments)
    {
        var errno = request.ParseName(0, out var name);
        arguments = new LookupArguments(request.Node, name);
        return errno;
    }

    protected override ValueTask<FileSystemError> CallAsync(LookupArguments arguments, WaitingCall call) => isDirectory
        ? fileSystem.RemoveDirectoryAsync(arguments.Directory, arguments.Name, call.Token)
        : fileSystem.UnlinkAsync(arguments.Directory, arguments.Name, call.Token);
}
