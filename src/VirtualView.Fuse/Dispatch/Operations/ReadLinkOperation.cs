using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Where a symbolic link points to. The kernel refuses more than a page.</summary>
internal sealed class ReadLinkOperation(IViewFileSystem fileSystem) : IOperation
{
    public const int MaxTargetBytes = 4095;

    public Answer Handle(in Request request, ReplyBuffer reply)
    {
        var target = fileSystem.ReadLink(request.Node);
        if (!target.IsOk) return Answer.Failed(target.Error);
        return target.Value.Length <= MaxTargetBytes
            ? Answer.Bytes(reply.Put(target.Value.Span))
            : Answer.Failed(Errno.ENAMETOOLONG);
    }
}
