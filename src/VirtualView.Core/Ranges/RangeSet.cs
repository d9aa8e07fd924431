using System.Collections.Immutable;

namespace VirtualView.Core.Ranges;

/// <summary>
/// An immutable set of bytes, kept as sorted ranges of which no two touch. Two sets with the same bytes are equal.
/// </summary>
public sealed class RangeSet : IEquatable<RangeSet>
{
    public static readonly RangeSet Empty = new([]);

    private RangeSet(ImmutableArray<ByteRange> ranges) => Ranges = ranges;

    /// <summary>Sorted, not empty, and with a gap between each two.</summary>
    public ImmutableArray<ByteRange> Ranges { get; }

    public bool IsEmpty => Ranges.IsEmpty;

    public long TotalBytes => Ranges.Sum(range => range.Length);

    public static RangeSet Of(params IEnumerable<ByteRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<ByteRange>();
        foreach (var range in ranges.Where(range => !range.IsEmpty).OrderBy(range => range.Offset))
        {
            if (merged.Count > 0 && range.Offset <= merged[^1].End)
                merged[^1] = ByteRange.FromTo(merged[^1].Offset, Math.Max(merged[^1].End, range.End));
            else
                merged.Add(range);
        }

        return merged.Count == 0 ? Empty : new RangeSet(merged.ToImmutable());
    }

    public RangeSet Add(ByteRange range) => Contains(range) ? this : Of(Ranges.Add(range));

    public RangeSet Union(RangeSet other) => Of(Ranges.AddRange(other.Ranges));

    public RangeSet Remove(ByteRange range) => range.IsEmpty ? this : Of(Ranges.SelectMany(part => Outside(part, range)));

    public RangeSet Except(RangeSet other) => other.Ranges.Aggregate(this, (left, range) => left.Remove(range));

    public RangeSet Intersect(ByteRange range) => Of(Ranges.Select(part => part.Intersect(range)));

    /// <summary>What of <paramref name="range"/> is not in the set, in order.</summary>
    public RangeSet Missing(ByteRange range) => Of(range).Except(Intersect(range));

    public bool Contains(long position) => FindEndingAfter(position) is { } range && range.Contains(position);

    public bool Contains(ByteRange range) =>
        range.IsEmpty || (FindEndingAfter(range.Offset) is { } found && found.Contains(range));

    public bool Equals(RangeSet? other) => other is not null && Ranges.SequenceEqual(other.Ranges);

    public override bool Equals(object? obj) => Equals(obj as RangeSet);

    public override int GetHashCode() => Ranges.Aggregate(0, HashCode.Combine);

    public override string ToString() => string.Join(' ', Ranges);

    private static IEnumerable<ByteRange> Outside(ByteRange part, ByteRange removed)
    {
        if (removed.Offset > part.Offset)
            yield return ByteRange.FromTo(part.Offset, Math.Min(part.End, removed.Offset));
        if (removed.End < part.End)
            yield return ByteRange.FromTo(Math.Max(part.Offset, removed.End), part.End);
    }

    private ByteRange? FindEndingAfter(long position)
    {
        var (low, high) = (0, Ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Ranges[middle].End > position) high = middle;
            else low = middle + 1;
        }

        return low < Ranges.Length ? Ranges[low] : null;
    }
}
