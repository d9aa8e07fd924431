using Microsoft.Extensions.Logging;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Errors;

namespace VirtualView.Fuse.Waiting;

/// <summary>An operation that may have to wait: it copies its arguments, and leaves the reader thread free meanwhile.</summary>
internal abstract class WaitingOperation<TArguments, TResult>(WaitingRoom room, ILogger logger) : IOperation
{
    public virtual Answer Handle(in Request request, ReplyBuffer reply)
    {
        var errno = Parse(request, out var arguments);
        return errno == 0 ? Wait(request, arguments) : Answer.Failed(errno);
    }

    /// <summary>Copies what the call needs out of the request; an errno if it cannot be had.</summary>
    protected abstract int Parse(in Request request, out TArguments arguments);

    protected virtual int ReplyBytes(in TArguments arguments) => 0;

    /// <summary>Copies what is too large for <typeparamref name="TArguments"/> to where the reply will be, at most <see cref="ReplyBytes"/>.</summary>
    protected virtual void Keep(in Request request, in TArguments arguments, ReplyBuffer buffer)
    {
    }

    protected abstract ValueTask<TResult> CallAsync(TArguments arguments, WaitingCall call);

    protected abstract Answer Encode(in TArguments arguments, in TResult result, ReplyBuffer reply);

    /// <summary>Takes back a success that never reached the kernel.</summary>
    protected virtual void GiveBack(in TResult result)
    {
    }

    protected Answer Wait(in Request request, in TArguments arguments)
    {
        var call = room.Enter(request, ReplyBytes(arguments));
        Keep(request, arguments, call.Reply);
        _ = RunAsync(arguments, call); // the room awaits its end
        return Answer.Later;
    }

    private async Task RunAsync(TArguments arguments, WaitingCall call)
    {
        try
        {
            var result = await ResultAsync(arguments, call).ConfigureAwait(false);
            if (!room.Leave(call, Encode(arguments, result, call.Reply))) GiveBack(result);
        }
        catch (OperationCanceledException)
        {
            room.Leave(call, Answer.Failed(Errno.EINTR));
        }
#pragma warning disable CA1031 // the kernel's edge: a defect becomes EIO, with its cause in the log
        catch (Exception cause)
#pragma warning restore CA1031
        {
            FuseLog.OperationFailed(logger, call.Opcode, call.Node, cause);
            room.Leave(call, Answer.Failed(Errno.EIO));
        }
    }

    private async ValueTask<TResult> ResultAsync(TArguments arguments, WaitingCall call)
    {
        var pending = CallAsync(arguments, call);
        if (pending.IsCompleted) return await pending.ConfigureAwait(false);
        room.Register(call);
        try
        {
            return await pending.ConfigureAwait(false);
        }
        finally
        {
            room.Unregister(call);
        }
    }
}
