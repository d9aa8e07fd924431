using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;

namespace VirtualView.Fuse.Dispatch;

/// <summary>What an operation answers. It never sends: who does is told by the kind, so a reply goes out exactly once.</summary>
internal readonly record struct Answer
{
    private Answer(AnswerKind kind, int value) => (Kind, Value) = (kind, value);

    public static Answer None => default;

    public static Answer Later => new(AnswerKind.Later, 0);

    /// <summary>Success with nothing to say.</summary>
    public static Answer Done => Bytes(0);

    public AnswerKind Kind { get; }

    /// <summary>The errno of a failure, the length of a payload.</summary>
    public int Value { get; }

    public static Answer Bytes(int count) => new(AnswerKind.Bytes, count);

    public static Answer Failed(int errno) => new(AnswerKind.Failed, errno);

    public static Answer Failed(FileSystemError error) => new(AnswerKind.Failed, ErrnoMap.Of(error));
}
