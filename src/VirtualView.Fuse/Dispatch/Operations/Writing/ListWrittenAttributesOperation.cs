using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>Lists the extended attributes that were set. Those of the view itself can be read by name alone.</summary>
internal sealed class ListWrittenAttributesOperation(IWritableFileSystem fileSystem) : IOperation
{
    public Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (!request.TryGet(out GetExtendedAttributeIn argument)) return Answer.Failed(Errno.EINVAL);
        var names = fileSystem.ListExtendedAttributes(request.Node);
        return names.IsOk ? GetExtendedAttributeOperation.Encode(names.Value.Span, argument.Size, reply) : Answer.Failed(names.Error);
    }
}
