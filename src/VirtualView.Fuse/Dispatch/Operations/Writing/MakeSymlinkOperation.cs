using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary><c>symlink</c>: the name, then where it is to point to.</summary>
internal sealed class MakeSymlinkOperation(IWritableFileSystem fileSystem, AttributeEncoder encoder, WaitingRoom room, ILogger logger)
    : MakeOperation(fileSystem, encoder, room, logger)
{
    private const int AllPermissions = 0x1ff;

    protected override int Parse(in Request request, out PathName name, out NewNode what)
    {
        what = default;
        var errno = request.ParseName(0, out name);
        if (errno != 0) return errno;
        if (!request.TryGetName(name.Bytes.Length + 1, out var target)) return Errno.EINVAL;
        if (target.Length > ReadLinkOperation.MaxTargetBytes) return Errno.ENAMETOOLONG;
        what = new NewNode { Kind = EntryKind.Symlink, Mode = AllPermissions, Owner = request.Caller, Target = target.ToArray() };
        return 0;
    }
}
