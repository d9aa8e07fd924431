using Microsoft.Extensions.Logging;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>
/// Bytes for an open file. They are written straight from the receive buffer, on the reader thread and without an
/// allocation, unless that must wait. Never cancelled: a program that is told EINTR takes nothing for written.
/// </summary>
internal sealed class WriteOperation(IWritableFileSystem fileSystem, FuseCounters counters, WaitingRoom room, ILogger logger)
    : WaitingOperation<WriteArguments, FileSystemError>(room, logger)
{
    public override Answer Handle(in Request request, ReplyBuffer reply)
    {
        var errno = Parse(request, out var arguments);
        if (errno != 0) return Answer.Failed(errno);
        var bytes = Bytes(request, arguments);
        if (!fileSystem.TryWrite(arguments.Handle, arguments.Offset, bytes, arguments.DropsPrivileges).IsDone)
        {
            counters.CountDelayedWrite();
            return Wait(request, arguments);
        }

        return Written(arguments, reply);
    }

    protected override unsafe int Parse(in Request request, out WriteArguments arguments)
    {
        arguments = default;
        if (!request.TryGet(out WriteIn write) || write.Size > request.Payload.Length - sizeof(WriteIn)) return Errno.EINVAL;
        if (write.Offset > (ulong)(long.MaxValue - write.Size)) return Errno.EFBIG;
        var drops = (write.WriteFlags & WriteFlags.KillSuidGid) != 0;
        arguments = new WriteArguments(new HandleId(write.Handle), (long)write.Offset, (int)write.Size, drops);
        return 0;
    }

    protected override int ReplyBytes(in WriteArguments arguments) => arguments.Bytes;

    protected override void Keep(in Request request, in WriteArguments arguments, ReplyBuffer buffer) =>
        buffer.Put(Bytes(request, arguments));

    protected override ValueTask<FileSystemError> CallAsync(WriteArguments arguments, WaitingCall call) => fileSystem.WriteAsync(
        arguments.Handle, arguments.Offset, call.Reply.Memory[..arguments.Bytes], arguments.DropsPrivileges, CancellationToken.None);

    protected override Answer Encode(in WriteArguments arguments, in FileSystemError result, ReplyBuffer reply) =>
        result == FileSystemError.None ? Written(arguments, reply) : Answer.Failed(result);

    private static unsafe ReadOnlySpan<byte> Bytes(in Request request, in WriteArguments arguments) =>
        request.Payload.Slice(sizeof(WriteIn), arguments.Bytes);

    private Answer Written(in WriteArguments arguments, ReplyBuffer reply)
    {
        counters.CountWritten(arguments.Bytes);
        return Answer.Bytes(reply.Put(new WriteOut { Size = (uint)arguments.Bytes }));
    }
}
