using VirtualView.Fuse.TestHost;
using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Mounts;

[Trait("Needs", "fuse")]
public sealed class BrowsingTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private Host Host => fixture.Host;

    [Fact]
    public async Task A_hundred_thousand_files_are_listed_once_each()
    {
        var plain = await Command.RunAsync("ls", "-U", Host.At("many"));
        Assert.Equal(SampleTree.ManyFiles, plain.Text.Split('\n').Distinct().Count());
        var found = await Command.RunAsync("find", Host.At("many"), "-type", "f", "-size", "+99990c", "-printf", "%f %s\\n");
        Assert.Equal(SampleTree.ManyFiles - 99_991, found.Text.Split('\n').Length);
        Assert.Contains("f099999 99999", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listing_with_attributes_asks_for_no_labels_of_each_file()
    {
        var before = await Host.CountAsync("GetXAttr");
        Assert.Equal(0, (await Command.RunAsync("ls", "-lU", Host.At("many"))).ExitCode);
        Assert.InRange(await Host.CountAsync("GetXAttr") - before, 0, 100);
    }

    [Fact]
    public async Task Names_are_any_bytes()
    {
        var script = "import os,sys; d=os.fsencode(sys.argv[1]); print('\\n'.join(sorted(n.hex()+' '+str(os.stat(os.path.join(d,n)).st_size) for n in os.listdir(d))))";
        var listed = await Command.RunAsync("python3", "-c", script, Host.At("names"));
        var expected = SampleTree.OddNames.Select((name, size) => $"{Convert.ToHexStringLower(name.Bytes)} {size}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), listed.Text.Split('\n'));
    }

    [Fact]
    public async Task Stat_shows_size_time_mode_and_a_stable_inode()
    {
        var stat = await Command.RunAsync("stat", "-c", "%s %y %a %F %i", Host.At("huge"));
        Assert.StartsWith("36000000000 2020-09-13 12:26:40.123456789 +0000 644 regular file 1004", stat.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_lead_where_they_say()
    {
        Assert.Equal("no/such/file", (await Command.RunAsync("readlink", Host.At("dangling"))).Text);
        Assert.Equal($"{SampleTree.SmallBytes}", (await Command.RunAsync("stat", "-L", "-c", "%s", Host.At("link"))).Text);
    }

    [Fact]
    public async Task Extended_attributes_are_readable_but_not_listed()
    {
        const string script = "import os,sys; print(os.getxattr(sys.argv[1], 'user.virtualview.version'), os.listxattr(sys.argv[1]))";
        var read = await Command.RunAsync("python3", "-c", script, Host.At("small"));
        Assert.Equal("b'v1' []", read.Text);
    }

    [Fact]
    public async Task Df_shows_the_file_system()
    {
        var df = await Command.RunAsync("df", "--output=source,fstype,size", "-B1", Host.MountPoint);
        Assert.Matches(@"virtualview\s+fuse\.virtualview\s+1099511627776", df.Text);
    }

    [Theory]
    [InlineData("echo x >> small")]
    [InlineData("echo x > new")]
    [InlineData(": > small")]
    [InlineData("mkdir new")]
    [InlineData("rm -f small")]
    [InlineData("mv small new")]
    [InlineData("ln small new")]
    [InlineData("ln -s small new")]
    [InlineData("chmod 600 small")]
    [InlineData("touch small")]
    [InlineData("truncate -s 1 small")]
    [InlineData("setfattr -n user.x -v 1 small || { echo Read-only >&2; false; }")] // the program may be absent
    public async Task Nothing_can_be_changed_and_programs_are_told_why(string command)
    {
        var result = await Command.RunAsync("sh", "-c", $"cd '{Host.MountPoint}' && {command}");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Read-only", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ahead_is_raised_where_we_may()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may set read-ahead");
        var device = (await Command.RunAsync("findmnt", "-no", "MAJ:MIN", Host.MountPoint)).Text;
        Assert.Equal("4096", (await File.ReadAllTextAsync($"/sys/class/bdi/{device}/read_ahead_kb", TestContext.Current.CancellationToken)).Trim());
    }
}
