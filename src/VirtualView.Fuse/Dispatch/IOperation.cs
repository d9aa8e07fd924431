using VirtualView.Fuse.Device;

namespace VirtualView.Fuse.Dispatch;

/// <summary>Answers the requests of one opcode, from any reader thread.</summary>
internal interface IOperation
{
    /// <summary>Puts the payload of the answer, if any, into <paramref name="reply"/>, and never blocks.</summary>
    Answer Handle(in Request request, ReplyBuffer reply);
}
