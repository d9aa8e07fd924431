using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Lists no attribute: those there are can be read by name, and listed ones would be copied by <c>cp -a</c>.</summary>
internal sealed class ListExtendedAttributesOperation : IOperation
{
    public Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (!request.TryGet(out GetExtendedAttributeIn argument)) return Answer.Failed(Errno.EINVAL);
        return argument.Size == 0
            ? Answer.Bytes(reply.Put(new GetExtendedAttributeOut { Size = 0 }))
            : Answer.Done;
    }
}
