using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Tests.Protocol;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Notify;

public sealed class KernelNotifierTests
{
    [Fact]
    public async Task Changed_names_expire_all_of_them_where_the_kernel_can_which_takes_no_lock()
    {
        await using var kernel = await FakeKernel.StartAsync();
        for (var round = 0; round < 2; round++)
        {
            kernel.Session.EntryChanged(new NodeId(7), PathName.Of("name"));
            var message = await kernel.ReceiveAsync();
            Assert.Equal((0ul, (int)NotifyCode.IncEpoch, 0), (message.Unique, -message.Error, message.Payload.Length));
        }
    }

    [Fact]
    public async Task An_older_kernel_is_told_of_no_name_but_to_forget_each_within_a_second()
    {
        await using var kernel = await FakeKernel.StartAsync(minor: 43);
        kernel.Session.EntryChanged(new NodeId(7), PathName.Of("name"));
        kernel.Session.NodeChanged(new NodeId(8)); // what comes first is what there is
        Assert.Equal((int)NotifyCode.InvalInode, -(await kernel.ReceiveAsync()).Error);
        foreach (var name in new[] { "small", "no-such-name" })
        {
            var entry = (await kernel.CallAsync(FuseOpcode.Lookup, 1, FakeKernel.Name(name))).As<EntryOut>();
            Assert.Equal((1ul, 0u), (entry.EntrySeconds, entry.EntryNanoseconds));
        }
    }

    [Fact]
    public async Task A_changed_node_loses_its_attributes_but_not_its_pages()
    {
        await using var kernel = await FakeKernel.StartAsync();
        kernel.Session.NodeChanged(new NodeId(8));
        var message = await kernel.ReceiveAsync();
        var node = message.As<InvalidateNodeOut>();
        Assert.Equal((int)NotifyCode.InvalInode, -message.Error);
        Assert.Equal((8ul, -1L), (node.NodeId, node.Offset));
    }
}
