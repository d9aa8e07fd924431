using CsCheck;
using VirtualView.Core.Ranges;
using VirtualView.Engine.Fetching;

namespace VirtualView.Engine.Tests.Fetching;

public sealed class ReadAheadTests
{
    private const long Size = 1 << 30;
    private const int Block = 256 << 10;
    private const long MaxWindow = 32 << 20;

    [Fact]
    public void A_sequential_read_is_fetched_ahead_once_and_never_by_more_than_was_read() =>
        Gen.Int[1, 1 << 20].List[1, 200].Sample(lengths =>
        {
            var ahead = new ReadAhead(Size, Block, MaxWindow);
            var (at, fetched) = (0L, RangeSet.Empty);
            foreach (var length in lengths)
            {
                var next = ahead.Observe(at, length);
                at += length;
                if (next.IsEmpty) continue;
                if (fetched.Intersect(next) is { IsEmpty: false } || next.Offset < at || next.End > at + Math.Min(at, MaxWindow) || next.End > Size) return false;
                fetched = fetched.Add(next);
            }

            return at <= 2 * Block || lengths.Count < 2 || !fetched.IsEmpty;
        });

    [Fact]
    public void A_random_reader_gets_nothing_ahead() =>
        Gen.Long[0, 1000].HashSet[1, 50].Sample(places =>
        {
            var ahead = new ReadAhead(Size, Block, MaxWindow);
            // A gap between each two places.
            return places.All(place => ahead.Observe(place * 10_000, 4096).IsEmpty);
        });

    [Fact]
    public void Who_reads_the_same_again_gets_nothing_ahead()
    {
        var ahead = new ReadAhead(Size, Block, MaxWindow);

        for (var times = 0; times < 10; times++) Assert.True(ahead.Observe(4096, 4096).IsEmpty);
    }

    [Fact]
    public void One_read_that_the_kernel_sends_in_pieces_gets_nothing_ahead()
    {
        var ahead = new ReadAhead(Size, Block, MaxWindow);

        Assert.All([5L, 900, 17, 18_000], block =>
        {
            Assert.True(ahead.Observe(block * Block, Block / 2).IsEmpty);
            Assert.True(ahead.Observe((block * Block) + (Block / 2), Block / 2).IsEmpty);
            Assert.True(ahead.Observe((block + 1) * Block, Block / 2).IsEmpty); // the kernel's guess
        });
    }

    [Fact]
    public void Reads_of_a_window_may_come_in_any_order()
    {
        var ahead = new ReadAhead(Size, Block, MaxWindow);
        ahead.Observe(0, 1 << 20);

        var fetched = new[] { 2, 1, 4, 3, 6, 5 }.Aggregate(RangeSet.Empty, (sum, part) => sum.Add(ahead.Observe((long)part << 20, 1 << 20)));

        Assert.True(fetched.IsEmpty || fetched.Ranges[0].Offset >= 1 << 20);
    }

    [Fact]
    public void Nothing_is_fetched_past_the_end_or_when_it_is_turned_off()
    {
        var atEnd = new ReadAhead(3000, 500, MaxWindow);
        atEnd.Observe(0, 1000);
        Assert.Equal(new ByteRange(2000, 1000), atEnd.Observe(1000, 1000));
        Assert.True(atEnd.Observe(2000, 1000).IsEmpty);

        var off = new ReadAhead(Size, Block, 0);
        off.Observe(0, 1000);
        Assert.True(off.Observe(1000, 1000).IsEmpty);
    }
}
