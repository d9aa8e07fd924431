using VirtualView.Fuse.TestHost;
using VirtualView.Fuse.Waiting;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class InterruptTests
{
    private const int EINTR = 4;
    private const uint Pid = 77;

    [Fact]
    public async Task A_dying_caller_gets_EINTR_once()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var read = await WaitingReadAsync(kernel, "stuck");
        kernel.Callers.Kill(Pid);
        await InterruptAsync(kernel, read);
        Assert.Equal(EINTR, (await ReplyToAsync(kernel, read)).Error);

        // A second interrupt finds nothing, and no second reply comes before this one's.
        await InterruptAsync(kernel, read);
        kernel.Time.Advance(InterruptWatch.Period);
        await kernel.CallAsync(FuseOpcode.StatFs, 1, []);
        Assert.Equal(1, kernel.Counters.Interrupted);
    }

    [Fact]
    public async Task A_caller_that_goes_on_gets_its_bytes()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var read = await WaitingReadAsync(kernel, "cold");
        await InterruptAsync(kernel, read);
        Assert.Equal(Content.Bytes(SampleTree.ColdSeed, 0, 4096), (await ReplyToAsync(kernel, read)).Payload);
        Assert.Equal(0, kernel.Counters.Interrupted);
    }

    [Fact]
    public async Task A_caller_that_dies_of_a_later_signal_is_noticed()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var read = await WaitingReadAsync(kernel, "stuck");
        await InterruptAsync(kernel, read);
        var reply = ReplyToAsync(kernel, read);
        while (kernel.Callers.Asked == 0) await Task.Yield();
        Assert.False(reply.IsCompleted);
        kernel.Callers.Kill(Pid);
        Assert.Equal(EINTR, (await reply).Error);
    }

    [Fact]
    public async Task A_direct_read_of_a_dying_caller_ends_without_an_interrupt()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var read = await WaitingReadAsync(kernel, "stuck", FuseProtocol.OpenDirect);
        var reply = ReplyToAsync(kernel, read);
        while (kernel.Callers.Asked == 0) await Task.Yield();
        Assert.False(reply.IsCompleted);
        kernel.Callers.Kill(Pid);
        Assert.Equal(EINTR, (await reply).Error);
    }

    [Fact]
    public async Task A_lookup_that_waits_is_interrupted_as_well()
    {
        await using var kernel = await FakeKernel.StartAsync();
        kernel.Callers.Kill(Pid);
        var lookup = await kernel.SendAsync(FuseOpcode.Lookup, 1, FakeKernel.Name("stuck-name"), Pid);
        await InterruptAsync(kernel, lookup);
        Assert.Equal(EINTR, (await ReplyToAsync(kernel, lookup)).Error);
    }

    private static async Task<ulong> WaitingReadAsync(FakeKernel kernel, string name, uint flags = 0)
    {
        var handle = await kernel.OpenAsync(name);
        return await kernel.SendAsync(FuseOpcode.Read, 2, FakeKernel.Read(handle, 0, 4096, flags), Pid);
    }

    private static Task<ulong> InterruptAsync(FakeKernel kernel, ulong unique) =>
        kernel.SendAsync(FuseOpcode.Interrupt, 0, FakeKernel.Bytes(new InterruptIn { Unique = unique }));

    /// <summary>The next reply, while time passes.</summary>
    private static async Task<KernelReply> ReplyToAsync(FakeKernel kernel, ulong unique)
    {
        var reply = kernel.ReceiveAsync();
        while (!reply.IsCompleted)
        {
            // Not faster than real time: the request may still be on its way to where an interrupt finds it.
            await Task.Delay(InterruptWatch.Period / 100, TimeProvider.System);
            kernel.Time.Advance(InterruptWatch.Period / 100);
        }

        Assert.Equal(unique, (await reply).Unique);
        return await reply;
    }
}
