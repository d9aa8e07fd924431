using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary><c>setxattr</c>: the name, then the value.</summary>
internal sealed class SetExtendedAttributeOperation(IWritableFileSystem fileSystem, WaitingRoom room, ILogger logger)
    : ChangingOperation<SetExtendedAttributeArguments>(room, logger)
{
    /// <summary>What the kernel sends of its argument, as SETXATTR_EXT is not asked for.</summary>
    private const int ArgumentBytes = 8;

    private const uint Create = 1;
    private const uint Replace = 2;

    protected override int Parse(in Request request, out SetExtendedAttributeArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out ulong argument) || !request.TryGetName(ArgumentBytes, out var name)) return Errno.EINVAL;
        var (size, flags) = ((uint)argument, (uint)(argument >> 32));
        var value = request.Payload[(ArgumentBytes + name.Length + 1)..];
        if (size > value.Length || ModeOf(flags) is not { } mode) return Errno.EINVAL;
        arguments = new SetExtendedAttributeArguments(request.Node, name.ToArray(), value[..(int)size].ToArray(), mode);
        return ExtendedAttributeNames.Check(name);
    }

    protected override ValueTask<FileSystemError> CallAsync(SetExtendedAttributeArguments arguments, WaitingCall call) =>
        fileSystem.SetExtendedAttributeAsync(arguments.Node, arguments.Name, arguments.Value, arguments.Mode, call.Token);

    private static SetAttributeMode? ModeOf(uint flags) => flags switch
    {
        0 => SetAttributeMode.Either,
        Create => SetAttributeMode.Create,
        Replace => SetAttributeMode.Replace,
        _ => null,
    };
}
