using System.Buffers;
using System.Net.Sockets;

namespace VirtualView.Tools;

/// <summary>One direction of one connection: what its source has sent, on the link or waiting for the sink to take it.</summary>
internal sealed class Flow(Connection connection, Lane lane, Faults? faults, SlowStart? slowStart)
{
    private readonly Queue<Segment> _arrived = new();
    private Socket _source = null!, _sink = null!;
    private long _outstanding;
    private long _notBefore;
    private int _sentOfFirst;
    private bool _watched = true;
    private bool _waiting;
    private bool _blocked;
    private bool _sourceDone;
    private bool _discard;

    /// <summary>Since when the source has had something to send.</summary>
    public long ReadySince { get; private set; }

    /// <summary>The sink has seen the end of the stream, or never will.</summary>
    public bool SinkDone { get; private set; }

    public void Open(Socket source, Socket sink, long notBefore) => (_source, _sink, _notBefore) = (source, sink, notBefore);

    /// <summary>The source has bytes, its end, or an error to hand over.</summary>
    public void Readable(long now)
    {
        if (_sourceDone || _waiting || _blocked)
            return;
        _waiting = true;
        ReadySince = Math.Max(now, _notBefore);
        lane.Enqueue(this);
    }

    /// <summary>Reads what may enter the link now. 0: nothing to send, no room, or the end (which is then on its way).</summary>
    public int Take(Span<byte> into, long now)
    {
        _waiting = false;
        if (_sourceDone)
            return 0;
        var room = Math.Min(into.Length, lane.Window - _outstanding);
        if (slowStart is not null)
            room = Math.Min(room, slowStart.Room);
        _blocked = room <= 0;
        if (_blocked)
            return 0;
        var count = _source.Receive(into[..(int)room], SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
        {
            Watch(true);
            return 0;
        }
        if (error != SocketError.Success || count == 0)
        {
            Finish(error == SocketError.Success ? SegmentKind.End : SegmentKind.Abort, now);
            return 0;
        }
        Loopback.Acknowledge(_source);
        // A source that fills every turn is asked again anyway: each of its packets would wake the loop for nothing.
        Watch(count < room);
        _waiting = true;
        _outstanding += count;
        slowStart?.Sent(count);
        return count;
    }

    /// <summary>The source will send no more: its end follows the last byte over the link.</summary>
    public void Finish(SegmentKind kind, long now)
    {
        if (_sourceDone)
            return;
        _sourceDone = true;
        lane.SendEnd(this, kind, now);
    }

    /// <summary>A segment has crossed the link.</summary>
    public void Arrive(Segment segment, long now)
    {
        if (slowStart is not null && segment.Length > 0)
            lane.ScheduleAck(this, segment.Length, now);
        if (SinkDone)
        {
            Release(segment, now);
            return;
        }
        if (segment.Kind == SegmentKind.Abort)
        {
            connection.Reset();
            return;
        }
        var verdict = segment.Kind == SegmentKind.Data && faults is not null
            ? faults.Apply(segment) : new Verdict(segment.Length, AfterIt.GoOn);
        _outstanding -= segment.Length - verdict.Keep;
        _arrived.Enqueue(segment with { Length = verdict.Keep });
        if (verdict.Then == AfterIt.Cut)
            connection.CutShort();
        Flush(now);
        if (verdict.Then == AfterIt.Reset)
            connection.Reset();
    }

    /// <summary>Hands over what has arrived, as far as the sink takes it.</summary>
    public void Flush(long now)
    {
        while (!SinkDone && _arrived.TryPeek(out var segment))
        {
            if (segment.Kind == SegmentKind.Data && !_discard && !TrySend(segment.Bytes, now))
                return;
            // A failed send may have closed everything, queue and all.
            if (SinkDone)
                return;
            _arrived.Dequeue();
            Release(segment, now);
            _sentOfFirst = 0;
            if (segment.Kind == SegmentKind.End)
                EndSink();
        }
    }

    /// <summary>The stream ends for the sink after what has arrived, whatever else the source sends.</summary>
    public void EndHere()
    {
        _sourceDone = true;
        _arrived.Enqueue(new Segment(this, SegmentKind.End, [], 0, 0, 0));
    }

    /// <summary>Nobody reads what arrives any more; the link still carries it.</summary>
    public void Discard() => _discard = true;

    /// <summary>The sink is closed: nothing more will be handed over.</summary>
    public void Close()
    {
        SinkDone = _sourceDone = true;
        while (_arrived.TryDequeue(out var segment))
            Release(segment, now: 0);
    }

    /// <summary>The sender has heard that bytes arrived.</summary>
    public void Acknowledge(int bytes, long now)
    {
        slowStart!.Acknowledged(bytes, lane.Window);
        Unblock(now);
    }

    private void Watch(bool watch)
    {
        if (watch == _watched)
            return;
        _watched = watch;
        connection.WatchSource(this, watch);
    }

    private bool TrySend(Span<byte> bytes, long now)
    {
        while (_sentOfFirst < bytes.Length)
        {
            var sent = _sink.Send(bytes[_sentOfFirst..], SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                return false;
            if (error != SocketError.Success)
            {
                connection.SinkFailed(this, now);
                return true;
            }
            _sentOfFirst += sent;
        }
        return true;
    }

    private void EndSink()
    {
        SinkDone = true;
        connection.EndSink(_sink);
    }

    private void Release(Segment segment, long now)
    {
        _outstanding -= segment.Length;
        if (segment.Buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(segment.Buffer);
        Unblock(now);
    }

    private void Unblock(long now)
    {
        if (!_blocked)
            return;
        _blocked = false;
        Readable(now);
    }
}
