using VirtualView.Fuse.Waiting;

namespace VirtualView.Fuse.Tests.Waiting;

public sealed class CallerProbeTests
{
    [Theory]
    [InlineData("SigPnd:\t0000000000000100", true)]
    [InlineData("ShdPnd:\t0000000000000100", true)]
    [InlineData("SigPnd:\t0000000000000002", false)]
    [InlineData("SigBlk:\t0000000000000100", false)]
    [InlineData("Name:\tSigPnd", false)]
    public void Only_a_pending_kill_is_the_end(string line, bool dying) =>
        Assert.Equal(dying, CallerProbe.HasPendingKill(["Name:\tcat", line]));

    [Fact]
    public void Neither_a_live_process_nor_an_absent_one_is_dying()
    {
        var probe = new CallerProbe();
        Assert.False(probe.IsDying((uint)Environment.ProcessId));
        Assert.False(probe.IsDying(int.MaxValue)); // another may wait for what it asked
        Assert.False(probe.IsDying(0)); // not visible to us
    }
}
