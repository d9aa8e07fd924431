using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Gives lookups of one node back. Has no reply.</summary>
internal sealed class ForgetOperation(IViewFileSystem fileSystem) : IOperation
{
    public Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (request.TryGet(out ForgetIn argument)) fileSystem.Forget(request.Node, argument.Lookups);
        return Answer.None;
    }
}
