using CsCheck;
using VirtualView.Core.Ranges;
using VirtualView.Testing;

namespace VirtualView.Core.Tests.Ranges;

/// <summary>Against the plain set of positions.</summary>
public sealed class RangeSetTests
{
    private const int Positions = 60;

    private static readonly Gen<ByteRange> Range = Gen.Select(Gen.Int[0, 50], Gen.Int[0, 10], (offset, length) => new ByteRange(offset, length));

    private static readonly Gen<RangeSet> Set = Range.Array[0, 12].Select(ranges => RangeSet.Of(ranges));

    [Fact]
    public void Each_operation_does_what_it_does_to_the_positions() =>
        Gen.Select(Set, Set, Range).Sample((a, b, range) =>
        {
            bool[] left = Model(a), right = Model(b), one = Model(RangeSet.Of(range));
            AssertIs(a.Add(range), at => left[at] || one[at]);
            AssertIs(a.Remove(range), at => left[at] && !one[at]);
            AssertIs(a.Union(b), at => left[at] || right[at]);
            AssertIs(a.Except(b), at => left[at] && !right[at]);
            AssertIs(a.Intersect(range), at => left[at] && one[at]);
            AssertIs(a.Missing(range), at => one[at] && !left[at]);
            Assert.Equal(Enumerable.Range(0, Positions).All(at => !one[at] || left[at]), a.Contains(range));
            Assert.Equal(left.Count(isIn => isIn), a.TotalBytes);
        });

    [Fact]
    public void Sets_of_the_same_bytes_are_equal_however_they_were_made() =>
        Gen.Select(Range.Array[0, 12], Gen.Int).Sample((ranges, seed) =>
        {
            var shuffled = ranges.ToArray();
            new Random(seed).Shuffle(shuffled);
            var added = shuffled.Aggregate(RangeSet.Empty, (set, range) => set.Add(range));
            Assert.Equal(RangeSet.Of(ranges), added);
            Assert.Equal(RangeSet.Of(ranges).GetHashCode(), added.GetHashCode());
        });

    /// <summary>So many that they lie in many chunks: each operation against the sorted list of positions.</summary>
    [Fact]
    public void Sets_of_very_many_ranges_do_the_same() =>
        Gen.Int.Sample(
            seed =>
            {
                const int count = 6000;
                var random = new Random(seed);
                var (set, positions) = (RangeSet.Empty, new bool[count]);
                for (var step = 0; step < 3000; step++)
                {
                    var range = random.Next(300) == 0
                        ? new ByteRange(random.Next(count / 2), random.Next(count / 2))
                        : new ByteRange(random.Next(count / 2) * 2, 1);
                    set = set.Add(range);
                    positions.AsSpan((int)range.Offset, (int)range.Length).Fill(true);
                    if (random.Next(100) != 0) continue;
                    var asked = new ByteRange(random.Next(count / 2), random.Next(count / 2));
                    var inside = set.Intersect(asked);
                    Assert.Equal(positions.Skip((int)asked.Offset).Take((int)asked.Length).Count(isIn => isIn), inside.TotalBytes);
                    Assert.Equal(inside.TotalBytes == asked.Length, set.Contains(asked));
                    if (random.Next(10) != 0) continue;
                    set = set.Remove(asked);
                    positions.AsSpan((int)asked.Offset, (int)asked.Length).Clear();
                }

                var expected = RangeSet.Of(Enumerable.Range(0, count).Where(at => positions[at]).Select(at => new ByteRange(at, 1)));
                Assert.Equal(expected, set);
                Assert.Equal(expected.Ranges, set.Ranges);
                Assert.All(Enumerable.Range(0, count), at => Assert.Equal(positions[at], set.Contains(at)));
            },
            iter: PropertyRuns.Of(20));

    [Fact]
    public void Ranges_that_touch_become_one() =>
        Assert.Equal([new ByteRange(0, 20)], RangeSet.Of(new ByteRange(10, 10), new ByteRange(0, 10)).Ranges);

    [Fact]
    public void Ranges_reach_to_the_last_position()
    {
        var all = RangeSet.Of(new ByteRange(0, long.MaxValue));
        Assert.Equal(long.MaxValue, all.TotalBytes);
        Assert.Equal(2, all.Remove(new ByteRange(5, 1)).Ranges.Length);
    }

    [Fact]
    public void What_is_missing_among_very_many_ranges_is_found_in_one_pass()
    {
        const int count = 200_000;
        var everySecond = RangeSet.Of(Enumerable.Range(0, count).Select(at => new ByteRange(at * 2L, 1)));
        var missing = everySecond.Missing(new ByteRange(0, count * 2L));
        Assert.Equal(count, missing.Ranges.Length);
        Assert.Equal(1, missing.Ranges[0].Offset);
    }

    private static void AssertIs(RangeSet set, Func<int, bool> model)
    {
        Assert.Equal(Enumerable.Range(0, Positions).Select(model), Model(set));
        Assert.All(set.Ranges, range => Assert.False(range.IsEmpty));
        Assert.All(set.Ranges.Zip(set.Ranges.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Offset));
    }

    private static bool[] Model(RangeSet set) => [.. Enumerable.Range(0, Positions).Select(at => set.Contains(at))];
}
