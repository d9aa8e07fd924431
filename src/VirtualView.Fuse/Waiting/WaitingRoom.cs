using Microsoft.Extensions.Logging;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Waiting;

/// <summary>The calls whose answers are not there yet: finds them for an interrupt, ends them with the mount.</summary>
internal sealed class WaitingRoom(FuseMountOptions options, Replier replier, FuseCounters counters, ILogger logger)
{
    private const int SmallReplyBytes = 4096;
    private const int SpareBuffers = 32;

    private readonly ObjectPool<WaitingCall> _calls = new(256, () => new WaitingCall());
    private readonly ObjectPool<ReplyBuffer> _small = new(256, () => new ReplyBuffer(SmallReplyBytes));
    private readonly ObjectPool<ReplyBuffer> _large = new(SpareBuffers, () => new ReplyBuffer(Math.Max(options.MaxReadBytes, FuseProtocol.MaxWriteBytes)));
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, WaitingCall> _waiting = []; // guarded by _gate
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _active;
    private bool _closed;

    public int Active => Volatile.Read(ref _active);

    /// <summary>A call for a request whose reply, or the bytes it brings, are at most <paramref name="replyBytes"/>. Each ends in <see cref="Leave"/>.</summary>
    public WaitingCall Enter(in Request request, int replyBytes)
    {
        Interlocked.Increment(ref _active);
        var call = _calls.Rent();
        call.Begin(request, (replyBytes <= SmallReplyBytes ? _small : _large).Rent());
        return call;
    }

    /// <summary>From here on an interrupt finds the call. One that ends at once is spared this.</summary>
    public void Register(WaitingCall call)
    {
        lock (_gate) _waiting.Add(call.Unique, call);
    }

    public void Unregister(WaitingCall call)
    {
        lock (_gate) _waiting.Remove(call.Unique);
    }

    /// <summary>Sends the answer. False when it did not reach the kernel: what it would have handed over is still ours.</summary>
    public bool Leave(WaitingCall call, Answer answer)
    {
        var reply = call.Reply;
        var delivered = replier.Send(call.Channel, call.Unique, reply, answer);
        (reply.Capacity <= SmallReplyBytes ? _small : _large).Return(reply);
        if (call.TryEnd()) _calls.Return(call);
        if (Interlocked.Decrement(ref _active) == 0 && Volatile.Read(ref _closed)) _empty.TrySetResult();
        return delivered;
    }

    /// <summary>The process that waits for a request; false if none is known to wait for it.</summary>
    public bool TryFindCaller(ulong unique, out uint pid)
    {
        lock (_gate)
        {
            var found = _waiting.TryGetValue(unique, out var call);
            pid = found ? call!.CallerPid : 0;
            return found;
        }
    }

    public void Cancel(ulong unique)
    {
        WaitingCall? call;
        lock (_gate) _waiting.TryGetValue(unique, out call);
        if (call?.TryCancel(unique) == true) counters.CountInterrupted();
    }

    public void CancelAll()
    {
        ulong[] left;
        lock (_gate) left = [.. _waiting.Keys];
        foreach (var unique in left) Cancel(unique);
    }

    /// <summary>Cancels all that wait, and waits until they have ended, for at most <paramref name="patience"/>. No reader may run any more.</summary>
    public async Task CloseAsync(TimeSpan patience, TimeProvider time)
    {
        Volatile.Write(ref _closed, true);
        CancelAll();
        if (Active == 0) return;
        try
        {
            await _empty.Task.WaitAsync(patience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            FuseLog.CallsLeft(logger, Active, patience.TotalSeconds);
        }
    }
}
