using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Passthrough;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>
/// Makes a regular file and opens it: CREATE, and TMPFILE, whose file gets no name. Where another was faster and the caller
/// takes an existing file too, the answer is ESTALE: the kernel then looks the name up again, checks the caller's
/// permissions on what it finds, follows it if it is a link, and opens it. Opened here, it would be unchecked.
/// </summary>
internal sealed class CreateOperation(
    IWritableFileSystem fileSystem, bool isUnnamed, AttributeEncoder encoder, OpenHandles handles, OpenModes modes, WaitingRoom room, ILogger logger)
    : WaitingOperation<CreateArguments, Outcome<CreatedFile>>(room, logger)
{
    private const uint Exclusive = 0x80;

    protected override unsafe int Parse(in Request request, out CreateArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out CreateIn argument) || OpenFlags.IntentOf(argument.Flags) is not { } intent) return Errno.EINVAL;
        var name = default(PathName);
        var errno = isUnnamed ? 0 : request.ParseName(sizeof(CreateIn), out name);
        var what = new NewNode { Kind = EntryKind.File, Mode = (int)(argument.Mode & MakeOperation.PermissionBits), Owner = request.Caller };
        arguments = new CreateArguments(request.Node, name, what, intent, (argument.Flags & Exclusive) != 0);
        return errno;
    }

    protected override async ValueTask<Outcome<CreatedFile>> CallAsync(CreateArguments arguments, WaitingCall call)
    {
        var created = await MakeAsync(arguments, call.Token).ConfigureAwait(false);
        if (!created.TryGet(out var file)) return created;
        if (!modes.TryEnterWriting(file.Attributes.Node)) throw new InvalidOperationException($"{file.Attributes.Node} is new, and passed through already");
        handles.Add(file.Handle, file.Attributes.Node, isDirectory: false);
        return created;
    }

    protected override Answer Encode(in CreateArguments arguments, in Outcome<CreatedFile> result, ReplyBuffer reply)
    {
        if (!result.TryGet(out var file))
            return result.Error == FileSystemError.Exists && !arguments.MustBeNew ? Answer.Failed(Errno.ESTALE) : Answer.Failed(result.Error);
        var opened = new OpenOut { Handle = file.Handle.Value, Flags = OpenFlags.ReplyFor(arguments.Intent) };
        return Answer.Bytes(reply.Put(encoder.Entry(file.Attributes), opened));
    }

    protected override void GiveBack(in Outcome<CreatedFile> result)
    {
        if (!result.TryGet(out var file)) return;
        handles.Release(file.Handle, isDirectory: false);
        fileSystem.Forget(file.Attributes.Node, 1);
    }

    private ValueTask<Outcome<CreatedFile>> MakeAsync(CreateArguments arguments, CancellationToken cancel)
    {
        var intent = arguments.Intent & ~OpenIntent.Truncate; // it is empty
        return isUnnamed
            ? fileSystem.CreateUnnamedAsync(arguments.Directory, arguments.What, intent, cancel)
            : fileSystem.CreateAsync(arguments.Directory, arguments.Name, arguments.What, intent, cancel);
    }
}
