using VirtualView.Fuse.Device;
using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Waiting;

/// <summary>
/// What a call needs after its request's bytes are gone. Pooled: a cancellation that comes late must not hit the next
/// user, so it names the request it means, and a call that was ever cancelled is not used again.
/// </summary>
internal sealed class WaitingCall : IDisposable
{
    private const ulong Idle = 0; // the kernel numbers its requests from 2
    private const ulong Cancelled = ulong.MaxValue;

    private readonly CancellationTokenSource _cancel = new();
    private ulong _state; // the request this call is for, or Idle, or Cancelled

    public ulong Unique { get; private set; }

    public FuseOpcode Opcode { get; private set; }

    public ulong Node { get; private set; }

    public uint CallerPid { get; private set; }

    public DeviceChannel Channel { get; private set; } = null!;

    public ReplyBuffer Reply { get; private set; } = null!;

    public CancellationToken Token => _cancel.Token;

    public void Begin(in Request request, ReplyBuffer reply)
    {
        (Unique, Opcode, Node) = (request.Header.Unique, request.Header.Opcode, request.Header.NodeId);
        (CallerPid, Channel, Reply) = (request.Header.Pid, request.Channel, reply);
        Volatile.Write(ref _state, Unique);
    }

    /// <summary>False when the request has been answered already.</summary>
    public bool TryCancel(ulong unique)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, unique) != unique) return false;
        _cancel.Cancel();
        return true;
    }

    /// <summary>False when the call was cancelled and cannot serve again.</summary>
    public bool TryEnd()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Unique) != Unique) return false;
        (Channel, Reply) = (null!, null!);
        return _cancel.TryReset();
    }

    public void Dispose() => _cancel.Dispose();
}
