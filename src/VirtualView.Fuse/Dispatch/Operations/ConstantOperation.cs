using VirtualView.Fuse.Device;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Answers every request alike.</summary>
internal sealed class ConstantOperation(Answer answer) : IOperation
{
    public Answer Handle(in Request request, ReplyBuffer reply) => answer;
}
