using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>Makes a node under a name that is free: MKNOD, MKDIR and SYMLINK, which differ in their arguments alone.</summary>
internal abstract class MakeOperation(IWritableFileSystem fileSystem, AttributeEncoder encoder, WaitingRoom room, ILogger logger)
    : EntryOperation<MakeArguments>(fileSystem, encoder, room, logger)
{
    /// <summary>What of a mode is permissions. The kernel has taken the umask off.</summary>
    public const uint PermissionBits = 0xfff;

    private readonly IWritableFileSystem _fileSystem = fileSystem;

    protected sealed override int Parse(in Request request, out MakeArguments arguments)
    {
        arguments = default;
        var errno = Parse(request, out PathName name, out var what);
        if (errno == 0) arguments = new MakeArguments(request.Node, name, what);
        return errno;
    }

    protected sealed override ValueTask<Outcome<NodeAttributes>> CallAsync(MakeArguments arguments, WaitingCall call) =>
        _fileSystem.MakeAsync(arguments.Directory, arguments.Name, arguments.What, call.Token);

    /// <summary>What is to be made; an errno if the request does not say.</summary>
    protected abstract int Parse(in Request request, out PathName name, out NewNode what);
}
