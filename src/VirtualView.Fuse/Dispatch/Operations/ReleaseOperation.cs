using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>The last use of a handle, once for each open.</summary>
internal sealed class ReleaseOperation(OpenHandles handles, bool isDirectory) : IOperation
{
    public Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (!request.TryGet(out ReleaseIn argument)) return Answer.Failed(Errno.EINVAL);
        handles.Release(new HandleId(argument.Handle), isDirectory);
        return Answer.Done;
    }
}
