using VirtualView.Core.Blocks;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Ranges;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Fetching;

public sealed class BlockTableTests : IAsyncDisposable
{
    private readonly MemoryStore _store = new(10);
    private readonly IPayload _payload;
    private readonly BlockTable _table;

    public BlockTableTests()
    {
        _payload = _store.Open(new PayloadIdentity(default, 35));
        _table = new BlockTable(_payload, 10, isStored: true);
    }

    [Fact]
    public void Each_missing_block_is_given_to_one_reader_to_fetch()
    {
        var (joined, toFetch) = _table.Join(new ByteRange(5, 10), new ByteRange(20, 15), trustStore: true);
        var second = _table.Join(new ByteRange(0, 35), default, trustStore: true);

        Assert.Equal([0L, 1], joined.Select(block => block.Number));
        Assert.Equal([0L, 1, 2, 3], toFetch.Select(block => block.Number));
        Assert.Equal(5, toFetch[^1].LengthBytes);
        Assert.Equal(toFetch, second.Joined);
        Assert.Empty(second.ToFetch);
    }

    [Fact]
    public void What_is_stored_is_neither_joined_nor_fetched_unless_it_is_not_trusted()
    {
        _store.Blocks[(default, 1)] = new byte[10];

        Assert.Equal([0L, 2], _table.Join(new ByteRange(0, 30), default, trustStore: true).ToFetch.Select(block => block.Number));
        Assert.Equal([1L], _table.Join(new ByteRange(10, 10), default, trustStore: false).ToFetch.Select(block => block.Number));
    }

    [Fact]
    public void Who_comes_after_the_end_asks_anew()
    {
        var failed = _table.Join(new ByteRange(0, 10), default, trustStore: true).ToFetch.Single();
        failed.Finish(FileSystemError.Stale);
        _table.Retire(failed);

        Assert.NotSame(failed, _table.Join(new ByteRange(0, 10), default, trustStore: true).ToFetch.Single());
    }

    [Fact]
    public void Of_what_may_not_be_stored_the_newest_are_kept()
    {
        const int size = 8 << 20;
        var table = new BlockTable(_store.Open(new PayloadIdentity(default, 10L * size)), size, isStored: false);
        var blocks = table.Join(new ByteRange(0, 6L * size), default, trustStore: true).ToFetch;
        blocks.ForEach(table.Keep);

        Assert.Equal([0L, 1], table.Join(new ByteRange(0, 6L * size), default, trustStore: true).ToFetch.Select(block => block.Number));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
