using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>
/// Bytes of an open file. What is at hand is read straight into the reply on the reader thread, without an
/// allocation; the rest waits elsewhere, in a buffer of its own.
/// </summary>
internal sealed class ReadOperation(
    IViewFileSystem fileSystem, FuseMountOptions options, FuseCounters counters, WaitingRoom room, InterruptWatch interrupts, ILogger logger)
    : WaitingOperation<ReadArguments, ReadOutcome>(room, logger)
{
    public override Answer Handle(in Request request, ReplyBuffer reply)
    {
        var errno = Parse(request, out var arguments);
        if (errno != 0) return Answer.Failed(errno);
        var step = fileSystem.TryRead(arguments.Handle, arguments.Offset, reply.Payload[..arguments.Bytes]);
        if (!step.IsDone)
        {
            counters.CountMiss();
            return Wait(request, arguments);
        }

        counters.CountHit(step.Bytes);
        return Answer.Bytes(step.Bytes);
    }

    protected override int Parse(in Request request, out ReadArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out ReadIn read)) return Errno.EINVAL;

        // More than was agreed on: fewer bytes than asked would look like the end of the file.
        if (read.Size > options.MaxReadBytes || read.Offset > long.MaxValue) return Errno.EINVAL;
        arguments = new ReadArguments(new HandleId(read.Handle), (long)read.Offset, (int)read.Size, (read.Flags & FuseProtocol.OpenDirect) != 0);
        return 0;
    }

    protected override int ReplyBytes(in ReadArguments arguments) => arguments.Bytes;

    protected override ValueTask<ReadOutcome> CallAsync(ReadArguments arguments, WaitingCall call)
    {
        // The kernel waits for it without hearing signals, and so never interrupts it.
        if (arguments.IsDirect) interrupts.LookAfter(call.Unique);
        return fileSystem.ReadAsync(arguments.Handle, arguments.Offset, call.Reply.Memory[..arguments.Bytes], call.Token);
    }

    protected override Answer Encode(in ReadArguments arguments, in ReadOutcome result, ReplyBuffer reply)
    {
        if (!result.IsOk) return Answer.Failed(result.Error);
        counters.CountMissedBytes(result.Bytes);
        return Answer.Bytes(result.Bytes);
    }
}
