using CsCheck;
using VirtualView.Fuse.Wire;
using VirtualView.Testing;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class RobustnessTests
{
    private static readonly FuseOpcode[] LeftOut = // those without a reply, and INIT, which comes once
        [FuseOpcode.Forget, FuseOpcode.BatchForget, FuseOpcode.Interrupt, FuseOpcode.NotifyReply, FuseOpcode.Init];

    [Fact]
    public async Task Messages_that_are_no_requests_are_counted_and_passed_over()
    {
        await using var kernel = await FakeKernel.StartAsync();
        await kernel.SendRawAsync([1, 2, 3]);
        await kernel.SendRawAsync(new byte[40]); // says it is 0 bytes long
        await kernel.SendRawAsync(FakeKernel.Bytes(new InHeader { Length = 41, Opcode = FuseOpcode.StatFs, Unique = 900 }));
        await kernel.SendRawAsync(new byte[150_000]);
        Assert.Equal(0, (await kernel.CallAsync(FuseOpcode.StatFs, 1, [])).Error);
        await kernel.CloseAsync();
        Assert.Equal(4, kernel.Counters.Malformed);
    }

    [Fact]
    public async Task Readers_that_wait_for_a_kernel_that_says_nothing_are_woken_by_a_stop()
    {
        await using var kernel = await FakeKernel.StartAsync();
        await kernel.Session.StopAsync();
        // A reader that was left behind would hold the device.
        Assert.True(await kernel.HasEndedAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_request_gets_exactly_one_reply_whatever_its_argument(bool canWrite)
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: canWrite);
        var requests = Gen.Select(Gen.UInt[0, 70], Gen.ULong[0, 20], Gen.Byte.Array[0, 80]).Array[100];
        await requests.SampleAsync(
            async batch =>
            {
                foreach (var (opcode, node, payload) in batch.Where(request => !LeftOut.Contains((FuseOpcode)request.Item1)))
                    await kernel.CallAsync((FuseOpcode)opcode, node, payload); // the next reply is its own, or this fails
            },
            iter: PropertyRuns.Of(30),
            threads: 1);
    }

    [Fact]
    public async Task What_has_no_reply_gets_none_whatever_its_argument()
    {
        await using var kernel = await FakeKernel.StartAsync();
        for (var length = 0; length < 60; length++)
        {
            await kernel.SendAsync(FuseOpcode.Forget, 3, new byte[length]);
            await kernel.SendAsync(FuseOpcode.BatchForget, 3, Enumerable.Repeat((byte)255, length).ToArray());
            await kernel.SendAsync(FuseOpcode.NotifyReply, 3, new byte[length]);
        }

        Assert.Equal(0, (await kernel.CallAsync(FuseOpcode.StatFs, 1, [])).Error);
    }

    [Theory]
    [InlineData("SetAttr")]
    [InlineData("Symlink")]
    [InlineData("MkNod")]
    [InlineData("MkDir")]
    [InlineData("Unlink")]
    [InlineData("RmDir")]
    [InlineData("Rename")]
    [InlineData("Rename2")]
    [InlineData("Link")]
    [InlineData("Write")]
    [InlineData("Create")]
    [InlineData("TmpFile")]
    [InlineData("SetXAttr")]
    [InlineData("RemoveXAttr")]
    [InlineData("FAllocate")]
    [InlineData("CopyFileRange")]
    [InlineData("CopyFileRange64")]
    public async Task Whatever_would_change_something_is_refused(string opcode)
    {
        await using var kernel = await FakeKernel.StartAsync();
        Assert.Equal(30, (await kernel.CallAsync(Enum.Parse<FuseOpcode>(opcode), 1, FakeKernel.Name("name"))).Error); // EROFS
    }

    [Theory]
    [InlineData("SetAttr", 0)]
    [InlineData("Symlink", 0)]
    [InlineData("MkNod", 0)]
    [InlineData("MkDir", 0)]
    [InlineData("Unlink", 0)]
    [InlineData("RmDir", 0)]
    [InlineData("Rename", 0)]
    [InlineData("Rename2", 0)]
    [InlineData("Link", 0)]
    [InlineData("Write", 0)]
    [InlineData("Create", 0)]
    [InlineData("TmpFile", 0)]
    [InlineData("SetXAttr", 0)]
    [InlineData("RemoveXAttr", 0)]
    [InlineData("FAllocate", 0)]
    [InlineData("CopyFileRange", 0)]
    [InlineData("CopyFileRange64", 0)]
    [InlineData("Flush", 0)]
    [InlineData("FSync", 0)]
    [InlineData("FSyncDir", 0)]
    [InlineData("MkNod", 16)]
    [InlineData("MkDir", 8)]
    [InlineData("Rename", 8)]
    [InlineData("Rename2", 16)]
    [InlineData("Link", 8)]
    [InlineData("Create", 16)]
    [InlineData("SetXAttr", 8)]
    public async Task A_change_that_is_cut_off_or_lacks_its_name_changes_nothing(string opcode, int bytes)
    {
        await using var kernel = await FakeKernel.StartAsync(canWrite: true);
        Assert.Equal(22, (await kernel.CallAsync(Enum.Parse<FuseOpcode>(opcode), 1, new byte[bytes])).Error); // EINVAL
        Assert.Equal(1, kernel.Writable.Nodes);
    }

    [Theory]
    [InlineData(34u)] // ACCESS
    [InlineData(40u)] // POLL
    [InlineData(63u)]
    [InlineData(4096u)]
    [InlineData(uint.MaxValue)]
    public async Task What_is_not_known_is_said_not_to_exist(uint opcode)
    {
        await using var kernel = await FakeKernel.StartAsync();
        Assert.Equal(38, (await kernel.CallAsync((FuseOpcode)opcode, 1, [])).Error); // ENOSYS
    }
}
