using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Fetching;

public sealed class AcceptedValidatorsTests
{
    private static readonly Replica Replica = new(new SourceId(Guid.NewGuid()), VirtualPath.Parse("/f"), FakeSource.Weak(10, 1000));
    private readonly FileVersion _version = FileVersion.FirstSeen(Replica, default);

    [Fact]
    public void The_first_answer_teaches_its_tag_and_another_tag_is_refused()
    {
        var accepted = new AcceptedValidators(_version);

        Assert.True(accepted.Accept(Replica, Replica.Validator with { Tag = "x" }));
        Assert.True(accepted.Accept(Replica, Replica.Validator));
        Assert.False(accepted.Accept(Replica, Replica.Validator with { Tag = "y" }));
        Assert.Equal("x", accepted.Expected(Replica).Tag);
    }

    [Fact]
    public void What_was_learned_is_news_once()
    {
        var accepted = new AcceptedValidators(_version);
        Assert.False(accepted.IsNews(Replica));
        accepted.Accept(Replica, Replica.Validator with { Tag = "x" });

        Assert.True(accepted.IsNews(Replica));
        Assert.False(accepted.IsNews(Replica));
    }

    [Fact]
    public void A_lost_replica_that_is_shown_again_gets_another_chance_but_what_was_accepted_binds()
    {
        var accepted = new AcceptedValidators(_version);
        accepted.Accept(Replica, Replica.Validator with { Tag = "x" });
        accepted.Lose(Replica);
        Assert.Empty(accepted.Usable);

        accepted.Renew(_version);

        Assert.Equal([Replica], accepted.Usable);
        Assert.False(accepted.Accept(Replica, Replica.Validator with { Tag = "y" }));
    }
}
