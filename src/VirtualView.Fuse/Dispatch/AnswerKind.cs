namespace VirtualView.Fuse.Dispatch;

internal enum AnswerKind
{
    /// <summary>The kernel expects no reply.</summary>
    None,

    /// <summary>A reply follows from elsewhere.</summary>
    Later,
    Bytes,
    Failed,
}
