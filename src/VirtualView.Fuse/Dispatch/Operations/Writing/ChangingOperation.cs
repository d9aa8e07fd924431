using Microsoft.Extensions.Logging;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Dispatch.Operations.Writing;

/// <summary>An operation that answers with nothing but its success.</summary>
internal abstract class ChangingOperation<TArguments>(WaitingRoom room, ILogger logger)
    : WaitingOperation<TArguments, FileSystemError>(room, logger)
{
    protected sealed override Answer Encode(in TArguments arguments, in FileSystemError result, ReplyBuffer reply) =>
        result == FileSystemError.None ? Answer.Done : Answer.Failed(result);
}
