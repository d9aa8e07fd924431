using VirtualView.Fuse.Device;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Hears that a caller got a signal. The interrupt itself gets no reply; its request gets its own.</summary>
internal sealed class InterruptOperation(InterruptWatch interrupts) : IOperation
{
    public Answer Handle(in Request request, ReplyBuffer reply)
    {
        if (request.TryGet(out InterruptIn argument)) interrupts.Interrupt(argument.Unique);
        return Answer.None;
    }
}
