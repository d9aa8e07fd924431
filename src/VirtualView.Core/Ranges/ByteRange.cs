namespace VirtualView.Core.Ranges;

/// <summary>The bytes from <see cref="Offset"/> up to, not including, <see cref="End"/>. Never negative, never past 2^63-1.</summary>
public readonly record struct ByteRange
{
    public ByteRange(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, long.MaxValue - offset);
        Offset = offset;
        Length = length;
    }

    public long Offset { get; }

    public long Length { get; }

    public long End => Offset + Length;

    public bool IsEmpty => Length == 0;

    public static ByteRange FromTo(long offset, long end) => new(offset, end - offset);

    public bool Contains(long position) => position >= Offset && position < End;

    /// <summary>True when every byte of <paramref name="other"/> lies in this range; so an empty one always does.</summary>
    public bool Contains(ByteRange other) => other.IsEmpty || (other.Offset >= Offset && other.End <= End);

    public bool Overlaps(ByteRange other) => !Intersect(other).IsEmpty;

    /// <summary>The bytes in both; empty, at some offset, when there are none.</summary>
    public ByteRange Intersect(ByteRange other)
    {
        var from = Math.Max(Offset, other.Offset);
        var to = Math.Min(End, other.End);
        return to > from ? FromTo(from, to) : new ByteRange(from, 0);
    }

    /// <summary>What of this range lies in a file of <paramref name="sizeBytes"/> bytes.</summary>
    public ByteRange ClampTo(long sizeBytes) => Intersect(new ByteRange(0, sizeBytes));

    /// <summary>
    /// The smallest range of whole blocks around this one; it may end past the end of the file. A block that would end
    /// past 2^63-1 is cut off there.
    /// </summary>
    public ByteRange AlignOut(int blockSizeBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockSizeBytes);
        var from = Offset - (Offset % blockSizeBytes);
        var over = End % blockSizeBytes;
        var missing = IsEmpty || over == 0 ? 0 : Math.Min(blockSizeBytes - over, long.MaxValue - End);
        return IsEmpty ? new ByteRange(from, 0) : FromTo(from, End + missing);
    }

    public override string ToString() => $"[{Offset}, {End})";
}
