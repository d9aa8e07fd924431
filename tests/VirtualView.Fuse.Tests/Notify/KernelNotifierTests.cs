using System.Text;
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
    public async Task A_changed_name_is_expired_in_its_directory_by_an_older_kernel()
    {
        await using var kernel = await FakeKernel.StartAsync(minor: 43);
        kernel.Session.EntryChanged(new NodeId(7), PathName.Of("name"));
        var message = await kernel.ReceiveAsync();
        var entry = message.As<InvalidateEntryOut>();
        Assert.Equal((0ul, (int)NotifyCode.InvalEntry), (message.Unique, -message.Error));
        Assert.Equal((7ul, 4u, FuseProtocol.ExpireOnly), (entry.Parent, entry.NameBytes, entry.Flags));
        Assert.Equal("name\0", Encoding.UTF8.GetString(message.Payload[16..]));
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
