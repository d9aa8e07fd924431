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

    public RangeSet Remove(ByteRange range) => Except(Of(range));

    /// <summary>What is in this set and not in <paramref name="other"/>, in one pass over both.</summary>
    public RangeSet Except(RangeSet other)
    {
        if (other.IsEmpty) return this;
        var left = ImmutableArray.CreateBuilder<ByteRange>();
        var first = 0;
        foreach (var part in Ranges)
        {
            while (first < other.Ranges.Length && other.Ranges[first].End <= part.Offset) first++;
            var from = part.Offset;
            for (var at = first; at < other.Ranges.Length && other.Ranges[at].Offset < part.End; at++)
            {
                if (other.Ranges[at].Offset > from) left.Add(ByteRange.FromTo(from, other.Ranges[at].Offset));
                from = other.Ranges[at].End;
            }

            if (from < part.End) left.Add(ByteRange.FromTo(from, part.End));
        }

        return left.Count == 0 ? Empty : new RangeSet(left.ToImmutable());
    }

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
