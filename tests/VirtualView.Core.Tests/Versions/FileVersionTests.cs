using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Tests.Versions;

public sealed class FileVersionTests
{
    private static readonly UnixTime Now = UnixTime.FromSeconds(1_700_000_000);
    private static readonly Replica Copy = new(new SourceId(Guid.Empty), VirtualPath.Parse("/f"), new(ValidatorStrength.Weak, 10, null, "\"t\""));

    [Fact]
    public void A_version_seen_first_is_what_its_replica_says()
    {
        var version = FileVersion.FirstSeen(Copy, Now);
        Assert.Equal(VersionId.Derive(Copy.Source, Copy.Path, Copy.Validator), version.Id);
        Assert.Equal((10, Now), (version.SizeBytes, version.ModifiedAt));
        Assert.Equal([Copy], version.Replicas);
    }

    [Fact]
    public void The_time_of_the_source_wins_over_the_time_it_was_seen()
    {
        var then = UnixTime.FromSeconds(5);
        Assert.Equal(then, FileVersion.FirstSeen(Copy with { Validator = Copy.Validator with { ModifiedAt = then } }, Now).ModifiedAt);
    }

    [Fact]
    public void What_is_learned_later_does_not_make_another_version()
    {
        var version = FileVersion.FirstSeen(Copy, Now);
        var learned = version with { Replicas = [Copy, Copy with { Source = new SourceId(Guid.NewGuid()) }] };
        Assert.Equal(version, learned);
        Assert.Equal(version.GetHashCode(), learned.GetHashCode());
        Assert.NotEqual(version, new FileVersion(new VersionId(1), 10, Now, [Copy]));
    }

    [Fact]
    public void A_version_without_a_replica_cannot_be()
    {
        Assert.Throws<ArgumentException>(() => new FileVersion(default, 1, Now, []));
        Assert.Throws<ArgumentException>(() => new FileVersion(default, 1, Now, default));
        Assert.Throws<ArgumentException>(() => FileVersion.FirstSeen(Copy, Now) with { Replicas = [] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileVersion(default, -1, Now, [Copy]));
    }
}
