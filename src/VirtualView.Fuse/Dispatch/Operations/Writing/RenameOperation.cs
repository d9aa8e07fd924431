using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>RENAME, and RENAME2, which has flags. Never cancelled: a program that is told EINTR cannot know which name is there.</summary>
internal sealed class RenameOperation(IWritableFileSystem fileSystem, bool hasFlags, WaitingRoom room, ILogger logger)
    : ChangingOperation<RenameArguments>(room, logger)
{
    private const uint NoReplace = 1;
    private const uint Exchange = 2;

    protected override unsafe int Parse(in Request request, out RenameArguments arguments)
    {
        arguments = default;
        var argument = default(Rename2In);
        if (hasFlags ? !request.TryGet(out argument) : !request.TryGet(out argument.NewDirectory)) return Errno.EINVAL;
        if (ModeOf(argument.Flags) is not { } mode) return Errno.EINVAL;
        var fromAt = hasFlags ? sizeof(Rename2In) : sizeof(RenameIn);
        var errno = request.ParseName(fromAt, out var from);
        if (errno != 0) return errno;
        errno = request.ParseName(fromAt + from.Bytes.Length + 1, out var to);
        arguments = new RenameArguments(request.Node, from, new NodeId(argument.NewDirectory), to, mode);
        return errno;
    }

    protected override ValueTask<FileSystemError> CallAsync(RenameArguments arguments, WaitingCall call) => fileSystem.RenameAsync(
        arguments.FromDirectory, arguments.From, arguments.ToDirectory, arguments.To, arguments.Mode, CancellationToken.None);

    /// <summary>Null for a whiteout, which only a layer below another one has, and for what contradicts itself.</summary>
    private static RenameMode? ModeOf(uint flags) => flags switch
    {
        0 => RenameMode.Replace,
        NoReplace => RenameMode.NoReplace,
        Exchange => RenameMode.Exchange,
        _ => null,
    };
}
