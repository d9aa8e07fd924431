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
    public void A_live_process_is_not_dying_and_an_absent_one_is()
    {
        var probe = new CallerProbe();
        Assert.False(probe.IsDying((uint)Environment.ProcessId));
        Assert.True(probe.IsDying(int.MaxValue));
        Assert.False(probe.IsDying(0)); // not visible to us
    }
}
