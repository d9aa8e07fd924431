using VirtualView.Simulation.History;
using VirtualView.Simulation.Runs;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Tests.Runs;

public sealed class CallerTests
{
    private const int Orders = 100;

    [Fact]
    public void A_reply_is_heard_as_soon_as_it_is_given_or_never()
    {
        // Reply and death are on their way together: the order in which they come decides, and nothing after it.
        var heard = Enumerable.Range(1, Orders).Select(seed => HearBesideDeath((ulong)seed)).ToList();
        Assert.Contains(Heard.FromTheLiving, heard);
        Assert.Contains(Heard.Nothing, heard);
        Assert.DoesNotContain(Heard.FromTheDead, heard);
    }

    [Fact]
    public void The_dead_say_nothing()
    {
        var scheduler = new SeededScheduler(1);
        var life = new Life(1, scheduler.Clock);
        var violations = new List<Violation>();
        scheduler.Run(async () =>
        {
            var said = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var call = new Caller(scheduler, life, violations).CallAsync("call", () => new ValueTask<int>(said.Task));
            life.Kill();
            said.SetResult(7);
            await Task.Delay(TimeSpan.FromHours(1), scheduler.Clock);
            Assert.False(call.IsCompleted);
            Assert.Empty(violations);
        });
    }

    private static Heard HearBesideDeath(ulong seed)
    {
        var scheduler = new SeededScheduler(seed);
        var life = new Life(1, scheduler.Clock);
        var heard = Heard.Nothing;
        scheduler.Run(async () =>
        {
            var said = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var call = new Caller(scheduler, life, []).CallAsync("call", () => new ValueTask<int>(said.Task));
            said.SetResult(7);
            scheduler.Post(_ => life.Kill(), null);
            await Task.WhenAny(HearAsync(), Task.Delay(TimeSpan.FromHours(1), scheduler.Clock));

            async Task HearAsync()
            {
                Assert.Equal((true, 7), await call);
                heard = life.IsDead ? Heard.FromTheDead : Heard.FromTheLiving;
            }
        });
        return heard;
    }

    private enum Heard
    {
        Nothing,
        FromTheLiving,
        FromTheDead,
    }
}
