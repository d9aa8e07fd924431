using VirtualView.Cli.Daemons;
using VirtualView.Fuse.Mounting;

namespace VirtualView.Cli.Tests.Daemons;

public sealed class PathWalkTests
{
    private static readonly MountEntry View = new("0:77", "/", "/mnt/exp", "fuse.virtualview", "virtualview");
    private static readonly MountEntry Bind = View with { Root = "/sample", MountPoint = "/srv/sample" };

    private static readonly MountEntry Nested = View with { Device = "0:78", MountPoint = "/mnt/exp/calib" };

    private readonly List<string> _looked = [];

    [Theory]
    [InlineData("/mnt/exp", "/")]
    [InlineData("/mnt/exp/", "/")]
    [InlineData("/mnt/exp/a/b.h5", "/a/b.h5")]
    [InlineData("/mnt//exp/./a", "/a")]
    [InlineData("/mnt/exp/a/../b", "/b")]
    [InlineData("/mnt/exp/../exp/b", "/b")]
    [InlineData("/home/me/link/a", "/a")]
    [InlineData("/home/me/relative/a", "/a")]
    [InlineData("/home/me/deep", "/x/y")]
    [InlineData("/srv/sample/f1.h5", "/sample/f1.h5")]
    public void A_path_leads_into_the_view(string path, string inView) => Assert.Equal(inView, Walk().Follow(path).Found?.PathInView);

    [Theory]
    [InlineData("/mnt/expensive")]
    [InlineData("/mnt")]
    [InlineData("/")]
    [InlineData("/mnt/exp/../other")]
    [InlineData("/home/me/loop/a")]
    public void A_path_elsewhere_leads_into_none(string path) => Assert.Null(Walk().Follow(path).Found);

    [Theory]
    [InlineData("/mnt/exp/calib", "/mnt/exp/calib", "/")]
    [InlineData("/mnt/exp/calib/a", "/mnt/exp/calib", "/a")]
    [InlineData("/mnt/exp/calib/../a", "/mnt/exp", "/a")]
    [InlineData("/mnt/exp/calibrated", "/mnt/exp", "/calibrated")]
    public void Of_mounts_inside_each_other_the_innermost_holds_the_path(string path, string mountPoint, string inView)
    {
        var found = Walk().Follow(path).Found!;
        Assert.Equal((mountPoint, inView), (found.Mount.MountPoint, found.PathInView));
    }

    [Fact]
    public void Of_mounts_at_one_place_the_last_is_on_top()
    {
        var later = View with { Device = "0:79" };
        Assert.Equal(later, new PathWalk([View, later], _ => null).Follow("/mnt/exp/a").Found!.Mount);
    }

    [Fact]
    public void The_mount_and_what_lies_in_it_are_never_touched()
    {
        Walk().Follow("/mnt/exp/a/b/../c");
        Assert.Equal(["/mnt"], _looked);
    }

    private PathWalk Walk() => new([View, Bind, Nested], path =>
    {
        _looked.Add(path);
        return path switch
        {
            "/home/me/link" => "/mnt/exp",
            "/home/me/relative" => "../../mnt/exp",
            "/home/me/deep" => "link/x/y",
            "/home/me/loop" => "loop",
            _ => null,
        };
    });
}
