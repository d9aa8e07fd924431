using System.Runtime.InteropServices;
using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Gives lookups of many nodes back. Has no reply.</summary>
internal sealed class BatchForgetOperation(IViewFileSystem fileSystem) : IOperation
{
    public unsafe Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (!request.TryGet(out BatchForgetIn argument)) return Answer.None;
        var rest = request.Payload[sizeof(BatchForgetIn)..];
        for (var left = argument.Count; left > 0 && MemoryMarshal.TryRead(rest, out ForgetOne one); left--)
        {
            fileSystem.Forget(new NodeId(one.NodeId), one.Lookups);
            rest = rest[sizeof(ForgetOne)..];
        }

        return Answer.None;
    }
}
