namespace VirtualView.Tools;

/// <summary>What goes wrong with the bytes from server to client: armed by commands, applied as they leave the link.</summary>
internal sealed class Faults
{
    private long? _cutAfter;
    private long? _resetAfter;
    private long _corruptEvery;
    private long _untilCorrupt;
    private bool _corruptOnce;

    public long Cuts { get; private set; }
    public long Resets { get; private set; }
    public long CorruptedBytes { get; private set; }

    public void CountReset() => Resets++;

    public void CutAfter(long bytes) => _cutAfter = bytes;

    public void ResetAfter(long bytes) => _resetAfter = bytes;

    public void CorruptEvery(long bytes) => _corruptEvery = _untilCorrupt = bytes;

    public void CorruptOnce() => _corruptOnce = true;

    public void StopCorrupting() => (_corruptEvery, _corruptOnce) = (0, false);

    /// <summary>Changes the bytes of a segment as armed, and says how many to keep and what happens after them.</summary>
    public Verdict Apply(Segment segment)
    {
        Corrupt(segment.Bytes);
        if (Reached(ref _resetAfter, segment.Length, out var keep))
        {
            Resets++;
            return new Verdict(keep, AfterIt.Reset);
        }
        if (!Reached(ref _cutAfter, segment.Length, out keep))
            return new Verdict(segment.Length, AfterIt.GoOn);
        Cuts++;
        return new Verdict(keep, AfterIt.Cut);
    }

    private static bool Reached(ref long? remaining, int length, out int keep)
    {
        keep = (int)Math.Min(remaining ?? length, length);
        if (remaining is null)
            return false;
        if (remaining > length)
        {
            remaining -= length;
            return false;
        }
        remaining = null;
        return true;
    }

    private void Corrupt(Span<byte> bytes)
    {
        // A segment that is only a header of HTTP passes: the fault is meant for the data.
        if (_corruptOnce && !bytes.EndsWith("\r\n\r\n"u8))
        {
            _corruptOnce = false;
            Flip(ref bytes[^1]);
        }
        if (_corruptEvery == 0)
            return;
        for (; _untilCorrupt <= bytes.Length; _untilCorrupt += _corruptEvery)
            Flip(ref bytes[(int)_untilCorrupt - 1]);
        _untilCorrupt -= bytes.Length;
    }

    private void Flip(ref byte value)
    {
        value ^= 1;
        CorruptedBytes++;
    }
}

/// <summary>How many bytes of a segment reach the client, and what happens then.</summary>
internal readonly record struct Verdict(int Keep, AfterIt Then);

internal enum AfterIt
{
    GoOn,
    Cut,
    Reset,
}
