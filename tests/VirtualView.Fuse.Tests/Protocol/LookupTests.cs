using VirtualView.Fuse.TestHost;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class LookupTests
{
    [Fact]
    public async Task A_name_leads_to_its_node_with_attributes_and_lifetimes()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var entry = (await kernel.CallAsync(FuseOpcode.Lookup, 1, FakeKernel.Name("small"))).As<EntryOut>();
        Assert.Equal((300ul, 3600ul, 0ul), (entry.EntrySeconds, entry.AttributeSeconds, entry.Generation));
        Assert.Equal((ulong)SampleTree.SmallBytes, entry.Attributes.Size);
        Assert.Equal(1954ul, entry.Attributes.Blocks); // of 512 bytes, rounded up
        Assert.Equal(0x81a4u, entry.Attributes.Mode); // a regular file, 0644
        Assert.Equal((1_600_000_000ul, 123_456_789u), (entry.Attributes.ModifiedSeconds, entry.Attributes.ModifiedNanoseconds));
        Assert.Equal(1, kernel.Tree.Files.OutstandingLookups);
    }

    [Fact]
    public async Task An_absent_name_is_an_answer_that_may_be_remembered()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var reply = await kernel.CallAsync(FuseOpcode.Lookup, 1, FakeKernel.Name("absent"));
        Assert.Equal(0, reply.Error);
        Assert.Equal((0ul, 10ul), (reply.As<EntryOut>().NodeId, reply.As<EntryOut>().EntrySeconds));
    }

    [Fact]
    public async Task A_name_longer_than_255_bytes_is_too_long_and_one_of_255_is_not()
    {
        await using var kernel = await FakeKernel.StartAsync();
        Assert.Equal(36, (await kernel.CallAsync(FuseOpcode.Lookup, 1, FakeKernel.Name(new string('y', 256)))).Error); // ENAMETOOLONG
        Assert.Equal(0, (await kernel.CallAsync(FuseOpcode.Lookup, 1, FakeKernel.Name(new string('y', 255)))).Error);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 65, 66 })]
    public async Task A_name_without_bytes_or_end_is_invalid(byte[] payload)
    {
        await using var kernel = await FakeKernel.StartAsync();
        Assert.Equal(22, (await kernel.CallAsync(FuseOpcode.Lookup, 1, payload)).Error); // EINVAL
    }

    [Fact]
    public async Task Forget_and_batch_forget_give_lookups_back()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var small = await kernel.LookupAsync("small");
        await kernel.LookupAsync("small");
        var huge = await kernel.LookupAsync("huge");
        Assert.Equal(3, kernel.Tree.Files.OutstandingLookups);
        await kernel.SendAsync(FuseOpcode.Forget, small.Value, FakeKernel.Bytes(new ForgetIn { Lookups = 2 }));

        // Names more nodes than it carries: the rest is not there, and nothing is read past the end.
        byte[] batch = [.. FakeKernel.Bytes(new BatchForgetIn { Count = 1000 }), .. FakeKernel.Bytes(new ForgetOne { NodeId = huge.Value, Lookups = 1 })];
        await kernel.SendAsync(FuseOpcode.BatchForget, 0, batch);
        await kernel.CloseAsync();
        Assert.Equal(0, kernel.Tree.Files.OutstandingLookups);
    }
}
