using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace VirtualView.Core.Ranges;

/// <summary>
/// An immutable set of bytes, kept as sorted ranges of which no two touch. Two sets with the same bytes are equal. The
/// ranges lie in chunks, which sets share: to add to one of a hundred thousand copies one chunk, not all.
/// </summary>
public sealed class RangeSet : IEquatable<RangeSet>
{
    public static readonly RangeSet Empty = new([]);

    private const int MostInChunk = 512;

    private readonly ImmutableArray<ImmutableArray<ByteRange>> _chunks; // none is empty
    private ByteRange[]? _flat; // all of them, once somebody asked

    private RangeSet(ImmutableArray<ImmutableArray<ByteRange>> chunks) => _chunks = chunks;

    /// <summary>Sorted, not empty, and with a gap between each two.</summary>
    public ImmutableArray<ByteRange> Ranges => _chunks.Length switch
    {
        0 => [],
        1 => _chunks[0],
        _ => ImmutableCollectionsMarshal.AsImmutableArray(_flat ??= [.. _chunks.SelectMany(chunk => chunk)]),
    };

    public bool IsEmpty => _chunks.IsEmpty;

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

        return OfSorted(merged);
    }

    public RangeSet Add(ByteRange range)
    {
        if (Contains(range)) return this;
        if (IsEmpty) return new RangeSet([[range]]);
        // What the range touches lies in these chunks; where it touches nothing, they are the one that it goes into.
        var first = Math.Min(FirstChunk(range.Offset), _chunks.Length - 1);
        var last = first;
        while (last + 1 < _chunks.Length && _chunks[last + 1][0].Offset <= range.End) last++;
        var before = _chunks[first].AsSpan();
        var after = _chunks[last].AsSpan();
        var (kept, rest) = (FirstEndingAt(before, range.Offset), FirstBeginningAfter(after, range.End));
        var from = kept < before.Length ? Math.Min(range.Offset, before[kept].Offset) : range.Offset;
        var end = rest > 0 ? Math.Max(range.End, after[rest - 1].End) : range.End;
        ByteRange[] changed = [.. before[..kept], ByteRange.FromTo(from, end), .. after[rest..]];
        var half = changed.Length / 2;
        return new RangeSet(changed.Length <= MostInChunk
            ? [.. _chunks.AsSpan()[..first], [.. changed], .. _chunks.AsSpan()[(last + 1)..]]
            : [.. _chunks.AsSpan()[..first], [.. changed[..half]], [.. changed[half..]], .. _chunks.AsSpan()[(last + 1)..]]);
    }

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

        return OfSorted(left);
    }

    public RangeSet Intersect(ByteRange range)
    {
        var inside = ImmutableArray.CreateBuilder<ByteRange>();
        for (var at = FirstChunk(range.Offset); at < _chunks.Length && _chunks[at][0].Offset < range.End; at++)
        {
            var chunk = _chunks[at].AsSpan();
            for (var part = FirstEndingAt(chunk, range.Offset); part < chunk.Length && chunk[part].Offset < range.End; part++)
            {
                if (chunk[part].Intersect(range) is { IsEmpty: false } both) inside.Add(both);
            }
        }

        return OfSorted(inside);
    }

    /// <summary>What of <paramref name="range"/> is not in the set, in order.</summary>
    public RangeSet Missing(ByteRange range) => Of(range).Except(Intersect(range));

    public bool Contains(long position) => FindEndingAfter(position) is { } range && range.Contains(position);

    public bool Contains(ByteRange range) =>
        range.IsEmpty || (FindEndingAfter(range.Offset) is { } found && found.Contains(range));

    public bool Equals(RangeSet? other) => other is not null && (ReferenceEquals(this, other) || Ranges.SequenceEqual(other.Ranges));

    public override bool Equals(object? obj) => Equals(obj as RangeSet);

    public override int GetHashCode() => Ranges.Aggregate(0, HashCode.Combine);

    public override string ToString() => string.Join(' ', Ranges);

    private static RangeSet OfSorted(ImmutableArray<ByteRange>.Builder ranges) =>
        ranges.Count == 0 ? Empty
        : ranges.Count <= MostInChunk ? new RangeSet([ranges.ToImmutable()])
        : new RangeSet([.. ranges.Chunk(MostInChunk / 2).Select(ImmutableCollectionsMarshal.AsImmutableArray)]);

    private ByteRange? FindEndingAfter(long position)
    {
        var chunk = FirstChunk(position);
        if (chunk == _chunks.Length) return null;
        var at = FirstEndingAt(_chunks[chunk].AsSpan(), position);
        // One that ends where the position begins touches it, and holds nothing of it.
        if (_chunks[chunk][at].End > position) return _chunks[chunk][at];
        if (at + 1 < _chunks[chunk].Length) return _chunks[chunk][at + 1];
        return chunk + 1 < _chunks.Length ? _chunks[chunk + 1][0] : null;
    }

    /// <summary>The first chunk of which a part ends at the position or behind it, or the number of all.</summary>
    private int FirstChunk(long position)
    {
        var (low, high) = (0, _chunks.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_chunks[middle][^1].End >= position) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private static int FirstEndingAt(ReadOnlySpan<ByteRange> chunk, long position)
    {
        var (low, high) = (0, chunk.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (chunk[middle].End >= position) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private static int FirstBeginningAfter(ReadOnlySpan<ByteRange> chunk, long position)
    {
        var (low, high) = (0, chunk.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (chunk[middle].Offset > position) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
