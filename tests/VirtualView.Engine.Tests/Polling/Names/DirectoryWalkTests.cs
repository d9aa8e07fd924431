using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Engine.Polling.Names;

namespace VirtualView.Engine.Tests.Polling.Names;

public sealed class DirectoryWalkTests
{
    private readonly DirectoryWalk _walk = new();

    [Fact]
    public void Who_asks_for_one_after_the_other_is_given_twice_as_many_each_time_up_to_a_bound()
    {
        var listing = Named(2000);
        var sizes = new List<int>();
        for (var at = 0; at < 1500; at += sizes[^1])
            sizes.Add(_walk.Next(listing, Name(at)).Length);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 256, 256, 256, 256], sizes);
    }

    [Fact]
    public void Who_asks_here_and_there_is_given_what_was_asked_for()
    {
        var listing = Named(2000);
        foreach (var at in new[] { 1900, 3, 700, 20, 1200, 1000, 1100 })
            Assert.Equal([Name(at)], _walk.Next(listing, Name(at)));
    }

    [Fact]
    public void A_few_may_be_left_out_as_by_a_pattern()
    {
        var listing = Named(2000);
        _walk.Next(listing, Name(0));
        Assert.Equal(2, _walk.Next(listing, Name(3)).Length);
        Assert.Equal(4, _walk.Next(listing, Name(10)).Length);
        Assert.Single(_walk.Next(listing, Name(100)));
    }

    [Fact]
    public void It_begins_anew_after_a_stumble()
    {
        var listing = Named(100);
        _walk.Next(listing, Name(0));
        _walk.Next(listing, Name(1));
        _walk.Stumble();
        Assert.Single(_walk.Next(listing, Name(3)));
    }

    [Fact]
    public void At_the_end_of_a_listing_there_is_no_more_and_what_is_no_file_is_passed_over()
    {
        var listing = DirectoryNode.Listed(default, [new FileNode(Name(0), null), DirectoryNode.Unknown(Name(1), default), new FileNode(Name(2), null)], default);
        _walk.Next(listing, Name(0));
        Assert.Equal([Name(2)], _walk.Next(listing, Name(2)));
    }

    private static DirectoryNode Named(int files) =>
        DirectoryNode.Listed(default, Enumerable.Range(0, files).Select(at => new FileNode(Name(at), null)), default);

    private static PathName Name(int at) => PathName.Of($"f{at:00000}");
}
