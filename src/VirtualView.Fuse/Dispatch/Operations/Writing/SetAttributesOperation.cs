using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Units;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>
/// <c>chmod</c>, <c>chown</c>, <c>truncate</c> and <c>utimensat</c>. A request that sets nothing (<c>chown</c> to -1, -1; and
/// <c>fallocate</c> by a stranger) is a change all the same: it moves the time of the last one and takes privileges away.
/// </summary>
internal sealed class SetAttributesOperation(IWritableFileSystem fileSystem, AttributeEncoder encoder, WaitingRoom room, ILogger logger)
    : WaitingOperation<SetAttributesArguments, Outcome<NodeAttributes>>(room, logger)
{
    private const SetAttributesFlags Settable =
        SetAttributesFlags.Mode | SetAttributesFlags.Uid | SetAttributesFlags.Gid | SetAttributesFlags.Size
        | SetAttributesFlags.ATime | SetAttributesFlags.MTime;

    protected override int Parse(in Request request, out SetAttributesArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out SetAttributesIn argument)) return Errno.EINVAL;
        var valid = argument.Valid;
        if (valid.HasFlag(SetAttributesFlags.Size) && argument.Size > long.MaxValue) return Errno.EINVAL;
        HandleId? handle = valid.HasFlag(SetAttributesFlags.Fh) ? new HandleId(argument.Handle) : null;
        arguments = new SetAttributesArguments(request.Node, handle, ChangeOf(argument, valid));
        return 0;
    }

    protected override ValueTask<Outcome<NodeAttributes>> CallAsync(SetAttributesArguments arguments, WaitingCall call) =>
        fileSystem.SetAttributesAsync(arguments.Node, arguments.Handle, arguments.Change, call.Token);

    protected override Answer Encode(in SetAttributesArguments arguments, in Outcome<NodeAttributes> result, ReplyBuffer reply) =>
        result.TryGet(out var node) ? Answer.Bytes(reply.Put(encoder.Reply(node))) : Answer.Failed(result.Error);

    private static AttributeChange ChangeOf(in SetAttributesIn argument, SetAttributesFlags valid) => new()
    {
        Mode = valid.HasFlag(SetAttributesFlags.Mode) ? (int)(argument.Mode & MakeOperation.PermissionBits) : null,
        Uid = valid.HasFlag(SetAttributesFlags.Uid) ? argument.Uid : null,
        Gid = valid.HasFlag(SetAttributesFlags.Gid) ? argument.Gid : null,
        SizeBytes = valid.HasFlag(SetAttributesFlags.Size) ? (long)argument.Size : null,
        AccessedAt = TimeOf(valid, SetAttributesFlags.ATime, SetAttributesFlags.ATimeNow, argument.AccessedSeconds, argument.AccessedNanoseconds),
        ModifiedAt = TimeOf(valid, SetAttributesFlags.MTime, SetAttributesFlags.MTimeNow, argument.ModifiedSeconds, argument.ModifiedNanoseconds),
        DropsPrivileges = valid.HasFlag(SetAttributesFlags.KillSuidGid) || (valid & Settable) == 0,
    };

    private static TimeChange? TimeOf(SetAttributesFlags valid, SetAttributesFlags set, SetAttributesFlags now, ulong seconds, uint nanoseconds)
    {
        if (!valid.HasFlag(set)) return null;
        return valid.HasFlag(now) ? TimeChange.Now : TimeChange.To(UnixTime.FromSeconds((long)seconds, (int)nanoseconds));
    }
}
