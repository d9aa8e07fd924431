using System.Text;
using VirtualView.Fuse.TestHost;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class AttributeTests
{
    private const int ENXIO = 6;
    private const int EINVAL = 22;
    private const int ERANGE = 34;
    private const int ENODATA = 61;
    private const int EOPNOTSUPP = 95;

    [Theory]
    [InlineData("user.virtualview.version", 100u, 0)]
    [InlineData("user.virtualview.version", 1u, ERANGE)]
    [InlineData("user.none", 100u, ENODATA)]
    [InlineData("security.capability", 100u, EOPNOTSUPP)]
    [InlineData("system.posix_acl_access", 0u, EOPNOTSUPP)]
    public async Task Extended_attributes_are_read_by_name(string name, uint room, int errno)
    {
        await using var kernel = await FakeKernel.StartAsync();
        byte[] argument = [.. FakeKernel.Bytes(new GetExtendedAttributeIn { Size = room }), .. FakeKernel.Name(name)];
        var reply = await kernel.CallAsync(FuseOpcode.GetXAttr, 1, argument);
        Assert.Equal(errno, reply.Error);
        if (errno == 0) Assert.Equal("v1", Encoding.UTF8.GetString(reply.Payload));
    }

    [Fact]
    public async Task Without_room_the_size_of_an_extended_attribute_is_told()
    {
        await using var kernel = await FakeKernel.StartAsync();
        byte[] argument = [.. FakeKernel.Bytes(new GetExtendedAttributeIn()), .. FakeKernel.Name("user.virtualview.version")];
        Assert.Equal(2u, (await kernel.CallAsync(FuseOpcode.GetXAttr, 1, argument)).As<GetExtendedAttributeOut>().Size);
    }

    [Fact]
    public async Task No_extended_attribute_is_listed()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var size = await kernel.CallAsync(FuseOpcode.ListXAttr, 1, FakeKernel.Bytes(new GetExtendedAttributeIn()));
        Assert.Equal(0u, size.As<GetExtendedAttributeOut>().Size);
        Assert.Empty((await kernel.CallAsync(FuseOpcode.ListXAttr, 1, FakeKernel.Bytes(new GetExtendedAttributeIn { Size = 100 }))).Payload);
    }

    [Theory]
    [InlineData(3u, 10L, 0, 10L)]
    [InlineData(4u, 10L, 0, SampleTree.SmallBytes)]
    [InlineData(3u, SampleTree.SmallBytes, ENXIO, 0L)]
    [InlineData(4u, SampleTree.SmallBytes + 1L, ENXIO, 0L)]
    [InlineData(3u, -1L, ENXIO, 0L)]
    [InlineData(9u, 0L, EINVAL, 0L)]
    public async Task A_file_is_data_from_end_to_end(uint whence, long offset, int errno, long found)
    {
        await using var kernel = await FakeKernel.StartAsync();
        var node = await kernel.LookupAsync("small");
        var reply = await kernel.CallAsync(FuseOpcode.LSeek, node.Value, FakeKernel.Bytes(new SeekIn { Whence = whence, Offset = (ulong)offset }));
        Assert.Equal(errno, reply.Error);
        if (errno == 0) Assert.Equal((ulong)found, reply.As<SeekOut>().Offset);
    }

    [Fact]
    public async Task Statx_says_what_stat_says_and_no_time_of_birth()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var node = await kernel.LookupAsync("small");
        var stat = (await kernel.CallAsync(FuseOpcode.GetAttr, node.Value, FakeKernel.Bytes(new GetAttributesIn()))).As<AttributesOut>().Attributes;
        var statx = (await kernel.CallAsync(FuseOpcode.Statx, node.Value, FakeKernel.Bytes(new StatxIn()))).As<StatxOut>().Statx;
        Assert.Equal((stat.Size, stat.InodeNumber, stat.Mode, stat.Blocks), (statx.Size, statx.InodeNumber, statx.Mode, statx.Blocks));
        Assert.Equal((long)stat.ModifiedSeconds, statx.Modified.Seconds);
        Assert.Equal(0u, statx.Mask & 0x800); // STATX_BTIME
    }
}
