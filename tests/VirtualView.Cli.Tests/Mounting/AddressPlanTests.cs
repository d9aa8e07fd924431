using VirtualView.Cli.Configuration.Sections;
using VirtualView.Cli.Mounting;

namespace VirtualView.Cli.Tests.Mounting;

public sealed class AddressPlanTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8081/data/exp/", "exp")]
    [InlineData("https://data.example.org", "data.example.org")]
    [InlineData("https://h/a%20b%2Fc/", "c")]
    [InlineData("https://h/a%20b/", "a_b")]
    [InlineData("file:///export/exp", "exp")]
    public void The_view_is_named_after_what_it_shows(string address, string name) =>
        Assert.Equal(name, AddressPlan.Make(address, "/mnt/x", readOnly: true).Value!.ViewName);

    [Theory]
    [InlineData("sftp://user@host/export")]
    [InlineData("s3://bucket/prefix")]
    [InlineData("view.json")]
    [InlineData("/shared/view.json")]
    [InlineData("dav://host/x")]
    [InlineData("davs://host/x")]
    public void A_kind_that_is_not_built_says_so(string address)
    {
        var failure = AddressPlan.Make(address, "/mnt/x", readOnly: false).Failure!;
        Assert.Equal(ExitCode.WrongUse, failure.Code);
        Assert.Contains("not available yet", failure.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/export/exp")]
    [InlineData("file://host/export")]
    [InlineData("ftp://host/x")]
    [InlineData("http://")]
    [InlineData("http://user:hunter2@host/")]
    public void What_cannot_be_mounted_is_wrong_use_and_no_password_is_repeated(string address)
    {
        var failure = AddressPlan.Make(address, "/mnt/x", readOnly: false).Failure!;
        Assert.Equal(ExitCode.WrongUse, failure.Code);
        Assert.DoesNotContain("hunter2", failure.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:///mnt/x/y")]
    [InlineData("file:///mnt")]
    [InlineData("file:///")]
    public void A_folder_around_or_inside_the_mount_point_is_refused(string address) =>
        Assert.Equal(ExitCode.WrongUse, AddressPlan.Make(address, "/mnt/x", readOnly: false).Failure?.Code);

    [Fact]
    public void Two_addresses_of_one_name_keep_their_states_apart()
    {
        var (first, second) = (Plan("https://a/exp/"), Plan("https://b/exp/"));
        Assert.NotEqual(first.StateFolder, second.StateFolder);
        Assert.NotEqual(first.CacheFolder, second.CacheFolder);
        Assert.Equal(first.StateFolder, Plan("https://a/exp/").StateFolder);
    }

    [Fact]
    public void A_named_state_folder_holds_the_cache_as_well()
    {
        var view = new ViewSection { Name = "exp", MountPoint = "/mnt/exp/", StateDirectory = "/var/lib/vv/exp/" };
        var plan = DaemonPlan.Of(new VirtualViewSection { View = view }, readOnly: false);
        Assert.Equal(("/mnt/exp", "/var/lib/vv/exp", "/var/lib/vv/exp/cache"), (plan.MountPoint, plan.StateFolder, plan.CacheFolder));
    }

    [Fact]
    public void The_default_capacity_and_reserve_lie_within_the_disk()
    {
        var plan = Plan("https://a/exp/");
        var disk = new DriveInfo("/").TotalSize;
        Assert.InRange(plan.CapacityBytes, 64L << 20, Math.Max(64L << 20, Math.Min(50L << 30, disk)));
        Assert.InRange(plan.MinFreeBytes, 1, 1L << 30);
    }

    private static DaemonPlan Plan(string address) => AddressPlan.Make(address, "/mnt/x", readOnly: false).Value!;
}
