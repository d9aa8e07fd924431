namespace VirtualView.Tools;

/// <summary>A piece of one stream on its way: bytes, or how the stream ends.</summary>
internal readonly record struct Segment(Flow Flow, SegmentKind Kind, byte[] Buffer, int Start, int Length, long Due)
{
    public Span<byte> Bytes => Buffer.AsSpan(Start, Length);
}

internal enum SegmentKind
{
    Data,

    /// <summary>The sender closed its half: FIN.</summary>
    End,

    /// <summary>The sender is gone: RST.</summary>
    Abort,
}
