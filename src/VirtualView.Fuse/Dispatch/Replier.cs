using Microsoft.Extensions.Logging;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;

namespace VirtualView.Fuse.Dispatch;

/// <summary>Sends answers, and sees to it that a caller does not hang when the kernel refuses one.</summary>
internal sealed class Replier(FuseCounters counters, ILogger logger)
{
    /// <summary>False when the answer did not reach the kernel: what it would have handed over still belongs to us.</summary>
    public bool Send(DeviceChannel channel, ulong unique, ReplyBuffer reply, Answer answer)
    {
        var failed = answer.Kind == AnswerKind.Failed;
        if (failed) counters.CountError();
        var refusal = failed
            ? channel.Send(reply, unique, answer.Value, 0)
            : channel.Send(reply, unique, 0, answer.Value);
        if (refusal == 0) return true;

        counters.CountRefusedReply();

        // ENOENT: nobody waits for this reply any more. The others: the mount has ended.
        if (refusal is Errno.ENOENT or Errno.ENODEV or Errno.ECONNABORTED or Errno.ENOTCONN or Errno.EPERM) return false;
        FuseLog.ReplyRefused(logger, unique, refusal);
        _ = channel.Send(reply, unique, Errno.EIO, 0);
        return false;
    }
}
