using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Polling;

public sealed class VersionsTests
{
    private static readonly SourceId One = new(Guid.NewGuid());
    private static readonly SourceId Two = new(Guid.NewGuid());
    private static readonly PathName Name = PathName.Of("f");
    private static readonly Validator Known = FakeSource.Weak(10, 1000);

    [Fact]
    public void The_same_copies_give_the_very_same_node()
    {
        var before = Next(null, Of(One, Known));

        Assert.Same(before, Next(before, Of(One, Known)));
    }

    [Fact]
    public void A_tag_that_comes_to_be_known_stays_with_the_same_version()
    {
        var before = Next(null, Of(One, Known));
        var strong = Known with { Strength = ValidatorStrength.Strong, Tag = "x" };

        var learned = Next(before, Of(One, strong));
        var after = Next(learned, Of(One, Known));

        Assert.Equal(before.Version!.Id, learned.Version!.Id);
        Assert.Equal(strong, after.Version!.Replicas[0].Validator);
        Assert.Same(learned, after);
    }

    [Fact]
    public void Another_size_time_or_tag_is_another_version()
    {
        var before = Next(null, Of(One, Known with { Tag = "x" }));

        foreach (var other in new[] { Known with { SizeBytes = 11 }, Known with { ModifiedAt = UnixTime.FromSeconds(1001) }, Known with { Tag = "y" } })
            Assert.NotEqual(before.Version!.Id, Next(before, Of(One, other)).Version!.Id);
    }

    [Fact]
    public void What_was_racy_and_has_aged_is_another_version()
    {
        var young = Next(null, Of(One, Known with { Strength = ValidatorStrength.Racy }));

        Assert.Same(young, Next(young, Of(One, Known with { Strength = ValidatorStrength.Racy })));
        Assert.NotEqual(young.Version!.Id, Next(young, Of(One, Known)).Version!.Id);
    }

    [Fact]
    public void A_version_outlives_the_copy_it_was_first_seen_at()
    {
        var before = Next(null, Of(One, Known), Of(Two, Known));

        var after = Next(before, Of(Two, Known));

        Assert.Equal(before.Version!.Id, after.Version!.Id);
        Assert.Equal([Two], after.Version.Replicas.Select(replica => replica.Source));
    }

    [Fact]
    public void A_copy_at_another_source_is_another_version_until_it_is_known()
    {
        var before = Next(null, Of(One, Known));

        Assert.NotEqual(before.Version!.Id, Next(before, Of(Two, Known)).Version!.Id);
    }

    private static FileNode Next(FileNode? before, params Replica[] replicas) =>
        Versions.Next(before, Name, [.. replicas], UnixTime.FromSeconds(5000));

    private static Replica Of(SourceId source, Validator validator) => new(source, VirtualPath.Parse("/f"), validator);
}
