using CsCheck;
using VirtualView.Core.Ranges;

namespace VirtualView.Core.Tests.Ranges;

public sealed class ByteRangeTests
{
    private static readonly Gen<ByteRange> Small = Gen.Select(Gen.Long[0, 20], Gen.Long[0, 20], (offset, length) => new ByteRange(offset, length));

    private static readonly Gen<ByteRange> Any = Gen.OneOf(
        Small,
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue], (a, b) => ByteRange.FromTo(Math.Min(a, b), Math.Max(a, b))));

    [Fact]
    public void Ranges_agree_with_the_positions_in_them() =>
        Gen.Select(Small, Small).Sample((a, b) =>
        {
            HashSet<long> left = [.. Positions(a)], right = [.. Positions(b)];
            Assert.Equal(left.Intersect(right), Positions(a.Intersect(b)));
            Assert.Equal(left.Overlaps(right), a.Overlaps(b));
            Assert.Equal(right.IsSubsetOf(left), a.Contains(b));
            Assert.Equal(left.Contains(b.Offset), a.Contains(b.Offset));
            Assert.Equal(left.Where(at => at < b.Length), Positions(a.ClampTo(b.Length)));
        });

    [Fact]
    public void Aligning_gives_the_smallest_whole_blocks_around() =>
        Gen.Select(Any, Gen.Int[0, 20]).Sample((range, power) =>
        {
            var block = 1 << power;
            var aligned = range.AlignOut(block);
            Assert.Equal(0, aligned.Offset % block);
            Assert.True(aligned.Contains(range));
            Assert.Equal(range.IsEmpty, aligned.IsEmpty);
            Assert.True(range.Offset - aligned.Offset < block);
            if (range.IsEmpty) return;
            Assert.True(aligned.End - range.End < block);
            Assert.True(aligned.End % block == 0 || aligned.End == long.MaxValue);
        });

    [Fact]
    public void Aligning_at_the_end_of_all_positions_does_not_overflow() =>
        Assert.Equal(long.MaxValue, ByteRange.FromTo(0, long.MaxValue).AlignOut(1 << 18).End);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(1, long.MaxValue)]
    public void A_range_that_cannot_be_is_refused(long offset, long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteRange(offset, length));

    [Fact]
    public void A_range_that_ends_before_it_begins_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => ByteRange.FromTo(2, 1));

    private static IEnumerable<long> Positions(ByteRange range)
    {
        for (var at = range.Offset; at < range.End; at++)
            yield return at;
    }
}
