using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>
/// <c>copy_file_range</c>, within the view: no byte comes to the kernel. At most a piece a request, which the caller repeats:
/// so it can be ended in between.
/// </summary>
internal sealed class CopyRangeOperation(IWritableFileSystem fileSystem, bool isWide, WaitingRoom room, ILogger logger)
    : WaitingOperation<CopyRangeArguments, Outcome<long>>(room, logger)
{
    /// <summary>64 MiB</summary>
    private const ulong MaxBytes = 64 << 20;

    protected override int Parse(in Request request, out CopyRangeArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out CopyRangeIn argument) || argument.Flags != 0) return Errno.EINVAL;
        var length = Math.Min(argument.Length, MaxBytes);
        if (argument.FromOffset > long.MaxValue - length || argument.ToOffset > long.MaxValue - length) return Errno.EINVAL;
        arguments = new CopyRangeArguments(
            new HandleId(argument.FromHandle), (long)argument.FromOffset, new HandleId(argument.ToHandle), (long)argument.ToOffset, (long)length);
        return 0;
    }

    protected override ValueTask<Outcome<long>> CallAsync(CopyRangeArguments arguments, WaitingCall call) => fileSystem.CopyRangeAsync(
        arguments.From, arguments.FromOffset, arguments.To, arguments.ToOffset, arguments.Length, call.Token);

    protected override Answer Encode(in CopyRangeArguments arguments, in Outcome<long> result, ReplyBuffer reply)
    {
        if (!result.TryGet(out var bytes)) return Answer.Failed(result.Error);
        return Answer.Bytes(isWide ? reply.Put(new CopyRangeOut { Bytes = (ulong)bytes }) : reply.Put(new WriteOut { Size = (uint)bytes }));
    }
}
