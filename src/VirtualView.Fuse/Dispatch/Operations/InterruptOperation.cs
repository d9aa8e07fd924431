using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Hears that a caller got a signal. The interrupt itself gets no reply, but "ask again" while its request is unknown.</summary>
internal sealed class InterruptOperation(InterruptWatch interrupts) : IOperation
{
    public Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (!request.TryGet(out InterruptIn argument)) return Answer.None;

        // Unknown: answered meanwhile, and the kernel drops it; or on another thread, just before it begins to wait.
        return interrupts.Interrupt(argument.Unique) ? Answer.None : Answer.Failed(Errno.EAGAIN);
    }
}
