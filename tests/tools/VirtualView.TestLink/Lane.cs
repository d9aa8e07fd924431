using System.Buffers;

namespace VirtualView.Tools;

/// <summary>
/// One direction of the link, shared by all connections. A byte that enters at time t leaves at
/// max(t, link free) + size / bandwidth + half the round trip. Flows with something to send take turns, a chunk each.
/// </summary>
internal sealed class Lane
{
    // A millisecond of the link a turn: small enough for latency, large enough to cost few system calls.
    private const long TurnNanoseconds = 1_000_000;
    private const int SmallestChunk = 1460, LargestChunk = 256 * 1024;

    // What a sleeping thread takes to run again, measured. Short messages are waited for that much earlier, and the
    // last bit is spent spinning; for a stream of chunks that would burn a core and gain nothing.
    private const long WakeLatencyNanoseconds = 100_000;
    private const int ShortMessage = 4096;

    // A loop that the scheduler woke late makes up for this much, or a busy machine would look like a slow link.
    private const long CatchUpNanoseconds = 10_000_000;

    private readonly Queue<Segment> _inFlight = new();
    private readonly Queue<Flow> _waiting = new();
    private readonly Queue<(Flow Flow, int Bytes, long Due)> _acks = new();
    private byte[] _scratch = [];
    private long _freeAt;
    private long _lastDue;
    private int _chunk;
    private long _chunkTime;

    /// <summary>Half the round-trip time in nanoseconds.</summary>
    public long Delay { get; set; }

    public LinkRate Rate
    {
        get;
        set
        {
            field = value;
            _chunk = (int)Math.Clamp(value.BytesIn(TurnNanoseconds), SmallestChunk, LargestChunk);
            _chunkTime = value.NanosecondsFor(_chunk);
        }
    }

    /// <summary>Bytes of one connection between its two kernels: twice what the link holds, as a well-tuned host allows.</summary>
    public long Window => Rate.IsUnlimited ? 16 << 20 : Math.Clamp(2 * Rate.BytesIn(2 * Delay), 1 << 20, 64 << 20);

    public long BytesCrossed { get; private set; }

    /// <summary>When <see cref="Run"/> has to be called next. For a short message that is a little before it is due.</summary>
    public long NextWake
    {
        get
        {
            var arrival = !_inFlight.TryPeek(out var segment) ? LinkTime.Never
                : segment.Length > ShortMessage ? segment.Due : segment.Due - WakeLatencyNanoseconds;
            var ack = _acks.TryPeek(out var first) ? first.Due : LinkTime.Never;
            // A busy link wakes for each arrival anyway, and lets the next chunk in then.
            var entry = _waiting.Count > 0 ? _freeAt : LinkTime.Never;
            return Math.Min(Math.Min(arrival, ack), entry);
        }
    }

    /// <summary>Puts a flow at the end of the line of those who want to send.</summary>
    public void Enqueue(Flow flow) => _waiting.Enqueue(flow);

    /// <summary>Delivers what has crossed the link and lets in what fits now.</summary>
    public void Run(long now)
    {
        while (_acks.TryPeek(out var ack) && ack.Due <= now)
            _acks.Dequeue().Flow.Acknowledge(ack.Bytes, now);
        while (_inFlight.TryPeek(out var segment) && segment.Due <= now)
        {
            _inFlight.Dequeue();
            BytesCrossed += segment.Length;
            segment.Flow.Arrive(segment, now);
        }
        while (_freeAt - now <= _chunkTime && _waiting.TryDequeue(out var flow))
            Admit(flow, now);
    }

    /// <summary>Time lost while nothing was let through is lost.</summary>
    public void Resume(long now) => _freeAt = Math.Max(_freeAt, now);

    /// <summary>Sends the end of a stream behind its last byte.</summary>
    public void SendEnd(Flow flow, SegmentKind kind, long now) => Send(flow, kind, [], 0, now);

    /// <summary>Lets the sender hear, half a round trip later, that its bytes have arrived.</summary>
    public void ScheduleAck(Flow flow, int bytes, long now) => _acks.Enqueue((flow, bytes, now + Delay));

    private void Admit(Flow flow, long now)
    {
        if (_scratch.Length < _chunk)
            _scratch = ArrayPool<byte>.Shared.Rent(_chunk);
        var count = flow.Take(_scratch.AsSpan(0, _chunk), now);
        if (count == 0)
            return;
        var buffer = _scratch;
        if (count <= _scratch.Length / 2)
        {
            // A short message must not hold a whole chunk of memory while it travels.
            buffer = ArrayPool<byte>.Shared.Rent(count);
            _scratch.AsSpan(0, count).CopyTo(buffer);
        }
        else
            _scratch = [];
        Send(flow, SegmentKind.Data, buffer, count, Math.Max(flow.ReadySince, now - CatchUpNanoseconds));
        _waiting.Enqueue(flow);
    }

    private void Send(Flow flow, SegmentKind kind, byte[] buffer, int count, long entered)
    {
        _freeAt = Math.Max(_freeAt, entered) + Rate.NanosecondsFor(count);
        // Streams keep their order even when the round-trip time has just been lowered.
        _lastDue = Math.Max(_lastDue, _freeAt + Delay);
        _inFlight.Enqueue(new Segment(flow, kind, buffer, 0, count, _lastDue));
    }
}
