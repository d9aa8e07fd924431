using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>SEEK_DATA and SEEK_HOLE: a file is data from end to end. Other seeks never leave the kernel.</summary>
internal sealed class SeekOperation(IViewFileSystem fileSystem, WaitingRoom room, ILogger logger)
    : NodeOperation<SeekIn>(fileSystem, room, logger)
{
    private const uint SeekData = 3;
    private const uint SeekHole = 4;

    /// <summary>Null for a seek that the kernel does by itself.</summary>
    public static SeekTarget? TargetOf(uint whence) => whence switch
    {
        SeekData => SeekTarget.Data,
        SeekHole => SeekTarget.Hole,
        _ => null,
    };

    protected override int Parse(in Request request, out (NodeId Node, SeekIn Argument) arguments)
    {
        arguments = (request.Node, default);
        if (!request.TryGet(out SeekIn seek)) return Errno.EINVAL;
        arguments.Argument = seek;
        return TargetOf(seek.Whence) is null ? Errno.EINVAL : 0;
    }

    protected override Answer Encode(in SeekIn arguments, in NodeAttributes node, ReplyBuffer reply)
    {
        // At or past the end there is neither: without ENXIO cp looks for the next piece for ever.
        if (arguments.Offset >= (ulong)node.SizeBytes) return Answer.Failed(Errno.ENXIO);
        var found = arguments.Whence == SeekData ? arguments.Offset : (ulong)node.SizeBytes;
        return Answer.Bytes(reply.Put(new SeekOut { Offset = found }));
    }
}
