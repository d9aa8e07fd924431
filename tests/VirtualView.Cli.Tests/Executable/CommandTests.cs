using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Tests.Support;
using Run = VirtualView.Cli.Tests.Support.Executable;

namespace VirtualView.Cli.Tests.Executable;

public sealed class CommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Help_lists_every_command_of_the_contract()
    {
        var result = await Run.RunAsync(_folder, "--help");
        Assert.Equal((ExitCode.Done, ""), (result.Code, result.Error));
        foreach (var command in new[]
        {
            "mount", "unmount", "status", "explain", "plan", "sources", "prefetch", "pin", "unpin", "evict", "sync", "snapshots", "run", "diff",
            "publish", "discard", "conflicts", "verify", "invite", "join", "trust", "why", "query", "ingest", "replay", "tools", "config", "doctor", "version",
        })
            Assert.Contains($"\n  {command} ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_one_line() => Assert.StartsWith("virtualview 0.", (await Run.RunAsync(_folder, "version")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Version_as_json_is_json()
    {
        using var json = JsonDocument.Parse((await Run.RunAsync(_folder, "version", "--json")).Output);
        Assert.StartsWith("0.", json.RootElement.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.True(json.RootElement.TryGetProperty("commit", out _));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("status", "/mnt")]
    [InlineData("explain", "some/file")]
    [InlineData("unmount", "/mnt/none")]
    [InlineData("unmount", "/mnt/none", "--force")]
    [InlineData("sync")]
    [InlineData("sources")]
    [InlineData("verify")]
    [InlineData("pin")]
    [InlineData("snapshots")]
    [InlineData("snapshots", "diff", "1", "2", "--mount", "/mnt/none")]
    [InlineData("snapshots", "keep", "1", "name", "--mount", "/mnt/none")]
    [InlineData("snapshots", "drop", "name", "--mount", "/mnt/none")]
    [InlineData("prefetch", "some/file")]
    [InlineData("evict", "--mount", "/mnt/none", "/a")]
    public async Task Without_a_daemon_the_code_is_3_and_the_reason_one_line(params string[] arguments)
    {
        var asksForAny = arguments.Length == 1;
        Assert.SkipWhen(asksForAny && DaemonRegistry.OfThisMachine().All().Any(), "a view is mounted on this machine, and would answer");
        var result = await Run.RunAsync(_folder, arguments);
        Assert.Equal((ExitCode.NoDaemon, ""), (result.Code, result.Output));
        Assert.StartsWith("virtualview: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_use_has_code_2()
    {
        var result = await Run.RunAsync(_folder, "prefetch", "a", "--dataset", "/entry/data");
        Assert.Equal((ExitCode.WrongUse, ""), (result.Code, result.Output));
        Assert.StartsWith("virtualview: 'prefetch' of a dataset or a slice is not available yet", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'12' can be no name of a snapshot: 1 to 255 bytes without '/', and not digits alone", "snapshots", "keep", "3", "12")]
    [InlineData("'a/b' can be no name of a snapshot: 1 to 255 bytes without '/', and not digits alone", "snapshots", "keep", "3", "a/b")]
    [InlineData("'lost' is no command of 'snapshots' (did you mean list?), which takes one of list, diff, keep, drop: see 'virtualview snapshots --help'", "snapshots", "lost")]
    public async Task What_no_snapshot_can_be_is_wrong_use(string expected, params string[] arguments)
    {
        var result = await Run.RunAsync(_folder, arguments);
        Assert.Equal((ExitCode.WrongUse, $"virtualview: {expected}"), (result.Code, Assert.Single(result.ErrorLines)));
    }

    [Fact]
    public async Task A_later_command_explains_itself()
    {
        var result = await Run.RunAsync(_folder, "plan", "--help");
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("expected time of a read (not available yet)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_tells_required_arguments_from_others()
    {
        var help = (await Run.RunAsync(_folder, "--help")).Output;
        foreach (var shown in new[] { "mount [URL] [DIR] ", "unmount <DIR> ", "status [DIR] ", "explain <PATH> ", "sync [DIR] " })
            Assert.Contains($"\n  {shown}", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_of_a_later_command_speaks_of_nothing_that_it_takes() =>
        Assert.DoesNotContain("dditional", (await Run.RunAsync(_folder, "plan", "--help")).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("mount", "--mount-point", "nowhere")]
    [InlineData("mount", "--background", "--mount-point", "nowhere")]
    public async Task A_mount_point_that_is_not_there_says_how_to_make_it(params string[] arguments)
    {
        _folder.File("appsettings.json", Configurations.Good);
        var result = await Run.RunAsync(_folder, arguments);
        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.EndsWith($"mkdir -p {_folder.Path}/nowhere", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
