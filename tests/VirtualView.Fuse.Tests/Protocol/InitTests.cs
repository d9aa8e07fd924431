using VirtualView.Fuse.Dispatch;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class InitTests
{
    [Fact]
    public async Task All_that_is_wanted_is_granted_when_all_is_offered()
    {
        await using var kernel = FakeKernel.Create();
        var offer = new InitIn { Major = 7, Minor = 45, MaxReadahead = 131072, Flags = uint.MaxValue, Flags2 = uint.MaxValue };
        var (reply, agreement) = await NegotiateAsync(kernel, offer);
        Assert.Equal(Agreement.Wanted | InitFlags.Passthrough, agreement.Granted);
        Assert.Equal(agreement.Granted, (InitFlags)(reply.Flags | ((ulong)reply.Flags2 << 32)));
        Assert.True(agreement.CanExpireNames);
        Assert.Equal((7u, 131072u, 1u << 20, 1u), (reply.Major, reply.MaxReadahead, reply.MaxWrite, reply.TimeGranularity));
        Assert.Equal((256, 256, 1u), (reply.MaxPages, reply.MaxBackground, reply.MaxStackDepth));
    }

    [Fact]
    public async Task Nothing_is_granted_that_was_not_offered()
    {
        await using var kernel = FakeKernel.Create();
        var offer = new InitIn { Major = 7, Minor = 31, Flags = (uint)InitFlags.AsyncRead, Flags2 = uint.MaxValue };
        var (reply, agreement) = await NegotiateAsync(kernel, offer);
        Assert.Equal(InitFlags.AsyncRead, agreement.Granted);
        Assert.Equal(0u, reply.Flags2); // without INIT_EXT there are no further flags, whatever lies there
        Assert.False(agreement.CanExpireNames);
    }

    [Fact]
    public async Task The_short_offer_of_an_older_kernel_is_understood()
    {
        await using var kernel = FakeKernel.Create();
        var started = kernel.StartSessionAsync();
        var reply = await kernel.CallAsync(FuseOpcode.Init, 0, FakeKernel.Bytes(new InitIn { Major = 7, Minor = 31, Flags = 1 })[..16]);
        Assert.Equal(0, reply.Error);
        Assert.Equal(31u, (await started).Minor);
    }

    [Fact]
    public async Task A_kernel_that_is_too_old_is_refused_with_the_reason()
    {
        await using var kernel = FakeKernel.Create();
        var started = kernel.StartSessionAsync();
        var reply = await kernel.CallAsync(FuseOpcode.Init, 0, FakeKernel.Bytes(new InitIn { Major = 7, Minor = 30 }));
        Assert.Equal(71, reply.Error); // EPROTO
        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => started);
        Assert.Contains("7.30", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_major_version_is_told_ours_and_asks_again()
    {
        await using var kernel = FakeKernel.Create();
        var started = kernel.StartSessionAsync();
        var first = await kernel.CallAsync(FuseOpcode.Init, 0, FakeKernel.Bytes(new InitIn { Major = 8, Minor = 1 }));
        Assert.Equal(7u, first.As<InitOut>().Major);
        Assert.False(started.IsCompleted);
        await kernel.CallAsync(FuseOpcode.Init, 0, FakeKernel.Bytes(new InitIn { Major = 7, Minor = 45 }));
        await started;
    }

    private static async Task<(InitOut Reply, Agreement Agreement)> NegotiateAsync(FakeKernel kernel, InitIn offer)
    {
        var started = kernel.StartSessionAsync();
        var reply = await kernel.CallAsync(FuseOpcode.Init, 0, FakeKernel.Bytes(offer));
        return (reply.As<InitOut>(), await started);
    }
}
