using VirtualView.Fuse.TestHost;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class ReadTests
{
    [Fact]
    public async Task A_hit_is_answered_at_once_and_cut_at_the_end()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var handle = await kernel.OpenAsync("small");
        var middle = await kernel.CallAsync(FuseOpcode.Read, 2, FakeKernel.Read(handle, 12_345, 65_536));
        Assert.Equal(Content.Bytes(SampleTree.SmallSeed, 12_345, 65_536), middle.Payload);
        var end = await kernel.CallAsync(FuseOpcode.Read, 2, FakeKernel.Read(handle, SampleTree.SmallBytes - 3, 4096));
        Assert.Equal(Content.Bytes(SampleTree.SmallSeed, SampleTree.SmallBytes - 3, 3), end.Payload);
        Assert.Empty((await kernel.CallAsync(FuseOpcode.Read, 2, FakeKernel.Read(handle, SampleTree.SmallBytes + 9, 4096))).Payload);
        Assert.Equal((3L, 0L), (kernel.Counters.ReadHits, kernel.Counters.ReadMisses));
    }

    [Fact]
    public async Task A_miss_leaves_the_readers_free_and_is_answered_later()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var cold = await kernel.OpenAsync("cold");
        var small = await kernel.OpenAsync("small");
        var offsets = new Dictionary<ulong, int>();
        for (var i = 0; i < 10; i++) offsets.Add(await kernel.SendAsync(FuseOpcode.Read, 2, FakeKernel.Read(cold, i * 4096, 4096)), i * 4096);
        var hit = await kernel.CallAsync(FuseOpcode.Read, 2, FakeKernel.Read(small, 0, 10)); // overtakes all ten
        Assert.Equal(10, hit.Payload.Length);
        for (var i = 0; i < 10; i++)
        {
            var reply = await kernel.ReceiveAsync();
            Assert.True(offsets.Remove(reply.Unique, out var offset));
            Assert.Equal(Content.Bytes(SampleTree.ColdSeed, offset, 4096), reply.Payload);
        }

        Assert.Equal(10, kernel.Counters.ReadMisses);
    }

    [Fact]
    public async Task An_exception_becomes_one_EIO()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var handle = await kernel.OpenAsync("broken");
        Assert.Equal(5, (await kernel.CallAsync(FuseOpcode.Read, 2, FakeKernel.Read(handle, 0, 4096))).Error);
        Assert.Equal(0, (await kernel.CallAsync(FuseOpcode.StatFs, 1, [])).Error); // and no second reply before this one
    }

    [Theory]
    [InlineData(1 << 21, 0)]
    [InlineData(4096, long.MinValue)]
    public async Task A_read_of_more_than_was_agreed_on_is_an_error_and_not_the_end_of_the_file(int size, long offset)
    {
        await using var kernel = await FakeKernel.StartAsync();
        var handle = await kernel.OpenAsync("huge");
        Assert.Equal(22, (await kernel.CallAsync(FuseOpcode.Read, 2, FakeKernel.Read(handle, offset, size))).Error); // EINVAL
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(0x200u)]
    public async Task Opening_for_writing_is_refused(uint flags)
    {
        await using var kernel = await FakeKernel.StartAsync();
        var node = await kernel.LookupAsync("small");
        Assert.Equal(30, (await kernel.CallAsync(FuseOpcode.Open, node.Value, FakeKernel.Bytes(new OpenIn { Flags = flags }))).Error); // EROFS
        Assert.Equal(0, kernel.Tree.Files.OpenHandles);
    }

    [Fact]
    public async Task The_end_of_the_connection_ends_what_waits_and_releases_what_is_open()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var stuck = await kernel.OpenAsync("stuck");
        await kernel.CallAsync(FuseOpcode.OpenDir, 1, FakeKernel.Bytes(new OpenIn()));
        await kernel.SendAsync(FuseOpcode.Read, 2, FakeKernel.Read(stuck, 0, 4096));
        Assert.Equal(2, kernel.Tree.Files.OpenHandles);
        await kernel.CloseAsync();
        Assert.Equal(0, kernel.Tree.Files.OpenHandles);
    }
}
