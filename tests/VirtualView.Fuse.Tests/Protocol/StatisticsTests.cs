using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class StatisticsTests
{
    [Fact]
    public async Task Inodes_never_look_used_up()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var reply = await kernel.CallAsync(FuseOpcode.StatFs, 1, []);

        var shown = reply.As<StatisticsOut>().Statistics;

        Assert.InRange(shown.Files - shown.FreeFiles, 1ul, 1000ul);
        Assert.True(shown.FreeFiles > 100 * (shown.Files - shown.FreeFiles));
    }
}
