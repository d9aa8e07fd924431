using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary><c>mknod</c>: a regular file that is not opened, a named pipe, a socket or a device.</summary>
internal sealed class MakeNodeOperation(IWritableFileSystem fileSystem, AttributeEncoder encoder, WaitingRoom room, ILogger logger)
    : MakeOperation(fileSystem, encoder, room, logger)
{
    protected override unsafe int Parse(in Request request, out PathName name, out NewNode what)
    {
        (name, what) = (default, default);
        if (!request.TryGet(out MakeNodeIn argument) || FileTypes.OfMode(argument.Mode) is not { } kind) return Errno.EINVAL;
        var isDevice = kind is EntryKind.CharacterDevice or EntryKind.BlockDevice;
        what = new NewNode
        {
            Kind = kind, Mode = (int)(argument.Mode & PermissionBits), Owner = request.Caller, Device = isDevice ? argument.Device : 0,
        };
        return request.ParseName(sizeof(MakeNodeIn), out name);
    }
}
