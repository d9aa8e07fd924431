using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>The next entries of an open directory, as many as the caller has room for; none at its end.</summary>
internal sealed class ReadDirectoryOperation(IViewFileSystem fileSystem, AttributeEncoder encoder, bool withAttributes) : IOperation
{
    public Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (!request.TryGet(out ReadIn argument)) return Answer.Failed(Errno.EINVAL);
        var room = reply.Memory[..(int)Math.Min(argument.Size, (uint)reply.Capacity)];
        var entries = new DirectoryReply(room, withAttributes, encoder);
        var error = fileSystem.ReadDirectory(new HandleId(argument.Handle), (long)argument.Offset, withAttributes, entries);
        return error == FileSystemError.None ? Answer.Bytes(entries.Bytes) : Answer.Failed(error);
    }
}
