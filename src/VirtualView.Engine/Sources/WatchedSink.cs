using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Sources;

/// <summary>
/// Measures what passes into another sink, and puts off the time-out at the answer and whenever enough has come since: a
/// source that trickles is as good as silent.
/// </summary>
internal sealed class WatchedSink(IRangeSink inner, CancellationTokenSource silent, TimeSpan silence, Outage outage, TimeProvider clock) : IRangeSink
{
    /// <summary>Less than so many bytes in one time-out are taken for none.</summary>
    private const int LeastBytes = 16 << 10;

    private readonly long _startedAt = clock.GetTimestamp();
    private long _firstByteAt;
    private long _lastByteAt;
    private long _putOffAt; // the count of bytes then

    public long Bytes { get; private set; }

    public bool IsAnswered { get; private set; }

    public TimeSpan ToFirstByte => clock.GetElapsedTime(_startedAt, _firstByteAt);

    public TimeSpan Flowing => clock.GetElapsedTime(_firstByteAt, _lastByteAt);

    public Memory<byte> Next => inner.Next;

    public bool Accept(Validator answer)
    {
        _firstByteAt = _lastByteAt = clock.GetTimestamp();
        PutOff();
        IsAnswered = true;
        outage.Answered();
        return inner.Accept(answer);
    }

    public void Advance(int bytes)
    {
        Bytes += bytes;
        _lastByteAt = clock.GetTimestamp();
        if (Bytes - _putOffAt >= LeastBytes) PutOff();
        inner.Advance(bytes);
    }

    /// <summary>A source that ignores its cancellation still counts as silent once the time was over.</summary>
    private void PutOff()
    {
        _putOffAt = Bytes;
        if (!silent.IsCancellationRequested) silent.CancelAfter(silence);
    }
}
