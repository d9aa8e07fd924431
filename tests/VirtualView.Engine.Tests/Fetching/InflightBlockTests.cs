using VirtualView.Core.Outcomes;
using VirtualView.Engine.Fetching;

namespace VirtualView.Engine.Tests.Fetching;

public sealed class InflightBlockTests
{
    [Fact]
    public async Task The_first_end_counts()
    {
        var block = new InflightBlock(0, 10);
        block.Finish(FileSystemError.None);
        block.Finish(FileSystemError.Stale);

        Assert.Equal(FileSystemError.None, await block.Finished);
    }

    [Fact]
    public void The_buffer_stays_the_same_while_somebody_holds_the_block()
    {
        var block = new InflightBlock(0, 100_000);
        block.Bytes.Span.Fill(7);
        block.Hold();
        block.LetGo();

        Assert.Equal(100_000, block.Bytes.Length);
        Assert.Equal(7, block.Bytes.Span[99_999]);
    }

    [Fact]
    public void A_buffer_that_a_source_may_still_write_into_is_never_used_again()
    {
        var block = new InflightBlock(0, 100_000);
        var late = block.Bytes;
        block.LeaveBuffer();
        block.Bytes.Span.Fill(7);

        late.Span.Fill(9);

        Assert.Equal(7, block.Bytes.Span[0]);
    }
}
