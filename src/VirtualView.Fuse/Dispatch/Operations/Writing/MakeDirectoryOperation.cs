using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary><c>mkdir</c></summary>
internal sealed class MakeDirectoryOperation(IWritableFileSystem fileSystem, AttributeEncoder encoder, WaitingRoom room, ILogger logger)
    : MakeOperation(fileSystem, encoder, room, logger)
{
    protected override unsafe int Parse(in Request request, out PathName name, out NewNode what)
    {
        (name, what) = (default, default);
        if (!request.TryGet(out MakeDirectoryIn argument)) return Errno.EINVAL;
        what = new NewNode { Kind = EntryKind.Directory, Mode = (int)(argument.Mode & PermissionBits), Owner = request.Caller };
        return request.ParseName(sizeof(MakeDirectoryIn), out name);
    }
}
