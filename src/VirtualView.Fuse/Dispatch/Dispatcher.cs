using Microsoft.Extensions.Logging;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;

namespace VirtualView.Fuse.Dispatch;

/// <summary>Finds the operation for each request and sends what it answers at once.</summary>
internal sealed class Dispatcher(OperationTable operations, Replier replier, FuseCounters counters, ILogger logger)
{
    public void Handle(ReadOnlySpan<byte> message, DeviceChannel channel, ReplyBuffer reply)
    {
        if (!Request.TryParse(message, channel, out var request))
        {
            counters.CountMalformed();
            FuseLog.Malformed(logger, message.Length);
            return;
        }

        counters.CountRequest(request.Header.Opcode);
        var answer = Answer(request, reply);
        if (answer.Kind is AnswerKind.None or AnswerKind.Later) return;
        replier.Send(channel, request.Header.Unique, reply, answer);
        operations.AfterReply(request.Header.Opcode);
    }

    private Answer Answer(in Request request, ReplyBuffer reply)
    {
        try
        {
            return operations.Find(request.Header.Opcode).Handle(request, reply);
        }
#pragma warning disable CA1031 // the kernel's edge: a defect becomes EIO, with its cause in the log
        catch (Exception cause)
#pragma warning restore CA1031
        {
            FuseLog.OperationFailed(logger, request.Header.Opcode, request.Header.NodeId, cause);
            return Dispatch.Answer.Failed(Errno.EIO);
        }
    }
}
