using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>SEEK_DATA and SEEK_HOLE where files may have holes. Past the end there is neither, which is ENXIO.</summary>
internal sealed class SeekWrittenOperation(IWritableFileSystem fileSystem, WaitingRoom room, ILogger logger)
    : WaitingOperation<SeekWrittenArguments, Outcome<long>>(room, logger)
{
    protected override int Parse(in Request request, out SeekWrittenArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out SeekIn seek) || SeekOperation.TargetOf(seek.Whence) is not { } target) return Errno.EINVAL;
        if (seek.Offset > long.MaxValue) return Errno.ENXIO;
        arguments = new SeekWrittenArguments(new HandleId(seek.Handle), (long)seek.Offset, target);
        return 0;
    }

    protected override ValueTask<Outcome<long>> CallAsync(SeekWrittenArguments arguments, WaitingCall call) =>
        fileSystem.SeekAsync(arguments.Handle, arguments.Offset, arguments.Target, call.Token);

    protected override Answer Encode(in SeekWrittenArguments arguments, in Outcome<long> result, ReplyBuffer reply) =>
        result.TryGet(out var found) ? Answer.Bytes(reply.Put(new SeekOut { Offset = (ulong)found })) : Answer.Failed(result.Error);
}
