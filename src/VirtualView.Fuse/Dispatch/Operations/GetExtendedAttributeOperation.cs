using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Dispatch.Operations.Writing;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>
/// The value of an extended attribute, or only its size for a caller that brings no room. Where none can be set there are
/// user attributes alone: said this way, <c>ls -l</c> asks once a mount for security labels and access lists, not twice a
/// file.
/// </summary>
internal sealed class GetExtendedAttributeOperation(IViewFileSystem fileSystem) : IOperation
{
    public unsafe Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (!request.TryGet(out GetExtendedAttributeIn argument)) return Answer.Failed(Errno.EINVAL);
        if (!request.TryGetName(sizeof(GetExtendedAttributeIn), out var name)) return Answer.Failed(Errno.EINVAL);
        var errno = Check(name);
        if (errno != 0) return Answer.Failed(errno);
        var value = fileSystem.GetExtendedAttribute(request.Node, name);
        return value.IsOk ? Encode(value.Value.Span, argument.Size, reply) : Answer.Failed(value.Error);
    }

    /// <summary>A value or list for a caller with <paramref name="room"/> for it; without any he is told the size.</summary>
    public static Answer Encode(ReadOnlySpan<byte> value, uint room, ReplyBuffer reply)
    {
        if (room == 0) return Answer.Bytes(reply.Put(new GetExtendedAttributeOut { Size = (uint)value.Length }));
        return value.Length <= room && value.Length <= reply.Capacity ? Answer.Bytes(reply.Put(value)) : Answer.Failed(Errno.ERANGE);
    }

    private int Check(ReadOnlySpan<byte> name)
    {
        if (fileSystem is IWritableFileSystem) return ExtendedAttributeNames.Check(name);
        return name.StartsWith("user."u8) ? 0 : Errno.EOPNOTSUPP;
    }
}
