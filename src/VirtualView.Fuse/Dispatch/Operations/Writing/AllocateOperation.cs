using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary><c>fallocate</c></summary>
internal sealed class AllocateOperation(IWritableFileSystem fileSystem, WaitingRoom room, ILogger logger)
    : ChangingOperation<AllocateArguments>(room, logger)
{
    protected override int Parse(in Request request, out AllocateArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out AllocateIn argument) || argument.Offset > long.MaxValue || argument.Length - 1 >= long.MaxValue) return Errno.EINVAL;
        if (argument.Offset > long.MaxValue - argument.Length) return Errno.EFBIG;
        if (ModeOf(argument.Mode) is not { } mode) return Errno.EOPNOTSUPP;
        arguments = new AllocateArguments(new HandleId(argument.Handle), mode, (long)argument.Offset, (long)argument.Length);
        return 0;
    }

    protected override ValueTask<FileSystemError> CallAsync(AllocateArguments arguments, WaitingCall call) =>
        fileSystem.AllocateAsync(arguments.Handle, arguments.Mode, arguments.Offset, arguments.Length, call.Token);

    private static AllocateMode? ModeOf(AllocateFlags flags) => flags switch
    {
        AllocateFlags.None => AllocateMode.Reserve,
        AllocateFlags.KeepSize => AllocateMode.ReserveKeepingSize,
        AllocateFlags.PunchHole | AllocateFlags.KeepSize => AllocateMode.PunchHole,
        AllocateFlags.ZeroRange => AllocateMode.Zero,
        AllocateFlags.ZeroRange | AllocateFlags.KeepSize => AllocateMode.ZeroKeepingSize,
        _ => null,
    };
}
