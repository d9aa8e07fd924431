using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.Engine.Polling.Deletions;

namespace VirtualView.Engine.Tests.Polling.Deletions;

public sealed class SourceDeletionsTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private readonly SourceDeletions _state = new();

    [Theory]
    [InlineData(100, 20, false)]
    [InlineData(100, 21, true)]
    [InlineData(3, 3, false)]
    [InlineData(4, 3, false)]
    [InlineData(4, 4, true)]
    [InlineData(15, 4, true)]
    [InlineData(20, 4, false)]
    public void More_than_a_fifth_is_too_much_and_three_never(long known, long missing, bool isHeld)
    {
        Lack("/d", missing, "f");
        Assert.Equal(isHeld, _state.Judge(new FileCount(known, 0), default, Start));
    }

    [Fact]
    public void Files_of_its_own_are_judged_apart_from_those_that_may_be_of_others()
    {
        Lack("/d", 24, "f");
        Assert.True(_state.Judge(new FileCount(40, 80), default, Start));
    }

    [Fact]
    public void What_lies_below_a_missing_directory_counts_once()
    {
        Lack("/", 10, "d");
        Lack("/d", 10, "f");
        Lack("/d/e", 5, "f");
        Assert.Equal(10, _state.Missing.Total);
        Assert.True(_state.Lacks(VirtualPath.Parse("/d/e/f")));
        Assert.False(_state.Lacks(VirtualPath.Parse("/e")));
    }

    [Fact]
    public void What_is_gone_within_the_hour_counts_and_what_went_before_does_not()
    {
        Assert.False(_state.Judge(new FileCount(100, 0), default, Start));
        Lack("/d", 6, "f");
        Assert.True(_state.Judge(new FileCount(85, 0), default, Start.AddMinutes(59)));
        Assert.False(_state.Judge(new FileCount(85, 0), default, Start.AddMinutes(61)));
    }

    [Fact]
    public void What_is_out_of_the_view_by_now_is_missing_no_more_though_nobody_has_said_so()
    {
        Assert.False(_state.Judge(new FileCount(100, 0), default, Start));
        Lack("/d", 10, "f", "g");
        Lack("/e", 10, "f");
        Lack("/gone", 10, "f");
        _state.Prune(Shows("/e"));
        Assert.Equal(10, _state.Missing.Total);
        Assert.False(_state.Judge(new FileCount(90, 0), default, Start));
        Lack("/d", 10, "f", "g");
        _state.Prune(Shows("/d"));
        Assert.Equal(VirtualPath.Parse("/d"), Assert.Single(_state.Directories));
    }

    /// <summary>Both directories, and a file <c>f</c> in one of them.</summary>
    private static Snapshot Shows(string directory)
    {
        var at = UnixTime.FromSeconds(1);
        var root = new[] { "d", "e" }.Select(name => DirectoryNode.Listed(PathName.Of(name), $"/{name}" == directory ? [new FileNode(PathName.Of("f"), null)] : [], at));
        return Snapshot.Initial(at) with { Root = DirectoryNode.Listed(default, root, at) };
    }

    private void Lack(string directory, long files, params string[] names) => _state.Set(
        VirtualPath.Parse(directory),
        new MissingEntries([.. names.Select(name => PathName.Of(name))], new FileCount(files, 0), IsRootEmpty: false));
}
