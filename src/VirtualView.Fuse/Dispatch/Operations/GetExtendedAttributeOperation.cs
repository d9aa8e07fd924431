using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>
/// The value of an extended attribute, or only its size for a caller that brings no room. There are user attributes
/// alone: said this way, <c>ls -l</c> asks once a mount for security labels and access lists, not twice a file.
/// </summary>
internal sealed class GetExtendedAttributeOperation(IViewFileSystem fileSystem) : IOperation
{
    public unsafe Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (!request.TryGet(out GetExtendedAttributeIn argument)) return Answer.Failed(Errno.EINVAL);
        if (!request.TryGetName(sizeof(GetExtendedAttributeIn), out var name)) return Answer.Failed(Errno.EINVAL);
        if (!name.StartsWith("user."u8)) return Answer.Failed(Errno.EOPNOTSUPP);
        var value = fileSystem.GetExtendedAttribute(request.Node, name);
        if (!value.IsOk) return Answer.Failed(value.Error);
        var length = value.Value.Length;
        if (argument.Size == 0) return Answer.Bytes(reply.Put(new GetExtendedAttributeOut { Size = (uint)length }));
        return length <= argument.Size && length <= reply.Capacity
            ? Answer.Bytes(reply.Put(value.Value.Span))
            : Answer.Failed(Errno.ERANGE);
    }
}
