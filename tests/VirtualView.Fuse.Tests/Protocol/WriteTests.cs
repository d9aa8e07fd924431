using System.Text;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class WriteTests
{
    private const int EEXIST = 17;
    private const int EINVAL = 22;
    private const int EFBIG = 27;
    private const int ENAMETOOLONG = 36;
    private const int EOPNOTSUPP = 95;
    private const int ESTALE = 116;
    private const uint ReadWrite = 2;
    private const uint Exclusive = 0x80;

    [Fact]
    public async Task A_creation_answers_with_the_entry_and_then_the_open_file()
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        var reply = await kernel.CallAsync(FuseOpcode.Create, 1, Create("new", ReadWrite));
        Assert.Equal(144, reply.Payload.Length);
        var entry = reply.As<EntryOut>();
        Assert.Equal((2ul, 0x81a4u, 1u), (entry.NodeId, entry.Attributes.Mode, entry.Attributes.Links));
        Assert.Equal(OpenReplyFlags.KeepCache, Opened(reply).Flags);
        await kernel.CallAsync(FuseOpcode.Release, 2, FakeKernel.Bytes(new ReleaseIn { Handle = Opened(reply).Handle }));
        Assert.Equal(0, kernel.Writable.OpenHandles);
    }

    [Fact]
    public async Task A_creation_to_read_alone_needs_no_flush()
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        var reply = await kernel.CallAsync(FuseOpcode.Create, 1, Create("new", 0));
        Assert.Equal(OpenReplyFlags.KeepCache | OpenReplyFlags.NoFlush, Opened(reply).Flags);
    }

    [Theory]
    [InlineData(ReadWrite, ESTALE)] // look it up again, check permissions, open it
    [InlineData(ReadWrite | Exclusive, EEXIST)]
    public async Task A_creation_that_comes_second_has_the_kernel_open_what_is_there_unless_it_must_be_new(uint flags, int errno)
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        await kernel.CallAsync(FuseOpcode.Create, 1, Create("new", ReadWrite));
        Assert.Equal(errno, (await kernel.CallAsync(FuseOpcode.Create, 1, Create("new", flags))).Error);
        Assert.Equal(1, kernel.Writable.OpenHandles);
    }

    [Fact]
    public async Task A_name_is_at_most_255_bytes()
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        Assert.Equal(0, (await kernel.CallAsync(FuseOpcode.Create, 1, Create(new string('x', 255), 0))).Error);
        Assert.Equal(ENAMETOOLONG, (await kernel.CallAsync(FuseOpcode.Create, 1, Create(new string('x', 256), 0))).Error);
    }

    [Theory]
    [InlineData(0u, 0)]
    [InlineData(1u, EEXIST)]
    [InlineData(2u, 0)]
    [InlineData(3u, EINVAL)]
    [InlineData(4u, EINVAL)] // a whiteout
    public async Task A_rename_has_one_mode(uint flags, int errno)
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        await kernel.CallAsync(FuseOpcode.Create, 1, Create("a", 0));
        await kernel.CallAsync(FuseOpcode.Create, 1, Create("b", 0));
        byte[] argument = [.. FakeKernel.Bytes(new Rename2In { NewDirectory = 1, Flags = flags }), .. FakeKernel.Name("a"), .. FakeKernel.Name("b")];
        Assert.Equal(errno, (await kernel.CallAsync(FuseOpcode.Rename2, 1, argument)).Error);
    }

    [Theory]
    [InlineData(2u)] // a hole that the file grows by
    [InlineData(8u)] // collapses a range
    [InlineData(0x20u)] // inserts one
    public async Task An_allocation_that_is_not_known_is_not_supported(uint mode)
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        var argument = new AllocateIn { Handle = await CreateAsync(kernel), Length = 10, Mode = (AllocateFlags)mode };
        Assert.Equal(EOPNOTSUPP, (await kernel.CallAsync(FuseOpcode.FAllocate, 2, FakeKernel.Bytes(argument))).Error);
    }

    [Theory]
    [InlineData(0ul, 5u, EINVAL)] // says more than it brings
    [InlineData(ulong.MaxValue, 4u, EFBIG)]
    [InlineData((ulong)long.MaxValue, 4u, EFBIG)]
    public async Task A_write_that_cannot_be_is_refused(ulong offset, uint size, int errno)
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        byte[] argument = [.. FakeKernel.Bytes(new WriteIn { Handle = await CreateAsync(kernel), Offset = offset, Size = size }), .. "1234"u8];
        Assert.Equal(errno, (await kernel.CallAsync(FuseOpcode.Write, 2, argument)).Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_is_read_whether_it_had_to_wait_or_not(bool slow)
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        kernel.Writable.IsSlow = slow;
        var handle = await CreateAsync(kernel);
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        byte[] argument = [.. FakeKernel.Bytes(new WriteIn { Handle = handle, Offset = 7, Size = (uint)bytes.Length }), .. bytes];
        Assert.Equal((uint)bytes.Length, (await kernel.CallAsync(FuseOpcode.Write, 2, argument)).As<WriteOut>().Size);
        Assert.Equal(bytes, (await kernel.CallAsync(FuseOpcode.Read, 2, FakeKernel.Read(handle, 7, 200_000))).Payload);
        Assert.Equal(slow ? 1 : 0, kernel.Counters.DelayedWrites);
    }

    [Fact]
    public async Task Both_ways_to_copy_a_range_are_understood()
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        var handle = await CreateAsync(kernel);
        await kernel.CallAsync(FuseOpcode.Write, 2, [.. FakeKernel.Bytes(new WriteIn { Handle = handle, Size = 4 }), .. "1234"u8]);
        var copy = FakeKernel.Bytes(new CopyRangeIn { FromHandle = handle, ToNodeId = 2, ToHandle = handle, ToOffset = 4, Length = 100 });
        Assert.Equal(4u, (await kernel.CallAsync(FuseOpcode.CopyFileRange, 2, copy)).As<WriteOut>().Size);
        Assert.Equal(8ul, (await kernel.CallAsync(FuseOpcode.CopyFileRange64, 2, copy)).As<CopyRangeOut>().Bytes);
        Assert.Equal("123412341234", Encoding.ASCII.GetString((await kernel.CallAsync(FuseOpcode.Read, 2, FakeKernel.Read(handle, 0, 100))).Payload));
    }

    [Theory]
    [InlineData("system.posix_acl_access", EOPNOTSUPP)]
    [InlineData("user.", EINVAL)]
    [InlineData("user.a", 0)]
    [InlineData("security.capability", 0)]
    [InlineData("trusted.a", 0)]
    public async Task Extended_attributes_that_nobody_would_heed_are_refused(string name, int errno)
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        byte[] argument = [1, 0, 0, 0, 0, 0, 0, 0, .. FakeKernel.Name(name), (byte)'v'];
        Assert.Equal(errno, (await kernel.CallAsync(FuseOpcode.SetXAttr, 1, argument)).Error);
        var list = FakeKernel.Bytes(new GetExtendedAttributeIn { Size = 100 });
        Assert.Equal(errno == 0 ? FakeKernel.Name(name) : [], (await kernel.CallAsync(FuseOpcode.ListXAttr, 1, list)).Payload);
    }

    private static byte[] Create(string name, uint flags) =>
        [.. FakeKernel.Bytes(new CreateIn { Flags = flags, Mode = 0x81a4 }), .. FakeKernel.Name(name)];

    private static OpenOut Opened(KernelReply reply) => System.Runtime.InteropServices.MemoryMarshal.Read<OpenOut>(reply.Payload.AsSpan(128));

    private static async Task<ulong> CreateAsync(FakeKernel kernel) =>
        Opened(await kernel.CallAsync(FuseOpcode.Create, 1, Create("file", ReadWrite))).Handle;
}
