using System.Text.Json;
using VirtualView.Cli.Tests.Support;
using VirtualView.Testing.Web;
using Run = VirtualView.Cli.Tests.Support.Executable;

namespace VirtualView.Cli.Tests.Executable;

public sealed class DoctorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_configuration_it_looks_at_the_machine()
    {
        var checks = (await ExamineAsync()).Findings.Select(finding => finding.GetProperty("check").GetString());
        Assert.Superset(new HashSet<string?> { "runtime", "kernel", "native", "device", "fusermount3", "others", "leftovers", "configuration" }, checks.ToHashSet());
    }

    [Fact]
    public async Task A_good_set_up_has_no_failure()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "data", "f"), "bytes", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "mnt"));
        Configure("""{ "Kind": "Local", "Path": "HERE/data" }""");
        var (_, findings) = await ExamineAsync();
        Assert.DoesNotContain(findings, finding => Level(finding) == "Fail" && finding.GetProperty("check").GetString() is not ("device" or "fusermount3"));
        Assert.Contains(findings, finding => finding.GetProperty("message").GetString()!.StartsWith("Local: listed 1 entry", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "state")), "it made a folder");
    }

    [Fact]
    public async Task What_cannot_work_is_a_failure_with_advice_and_code_1()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "mnt"));
        _folder.File("mnt/file", "");
        Configure("""{ "Kind": "Http", "Url": "http://127.0.0.1:1/" }""");
        var (code, findings) = await ExamineAsync();
        Assert.Equal(ExitCode.Failed, code);
        foreach (var check in new[] { "mount point", "source web" })
        {
            var finding = findings.Single(finding => finding.GetProperty("check").GetString() == check);
            Assert.Equal("Fail", Level(finding));
            Assert.NotEmpty(finding.GetProperty("advice").GetString()!);
        }
    }

    [Fact]
    public async Task Mistakes_of_the_configuration_are_failures_each()
    {
        _folder.File("appsettings.json", """{ "VirtualView": { "View": { "Name": "a b" } } }""");
        var (code, findings) = await ExamineAsync();
        Assert.Equal(ExitCode.Failed, code);
        Assert.True(findings.Count(finding => finding.GetProperty("check").GetString() == "configuration" && Level(finding) == "Fail") >= 2);
    }

    [Fact]
    public async Task Folders_that_others_may_enter_are_warned_of()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "mnt"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "state"));
        File.SetUnixFileMode(Path.Combine(_folder.Path, "state"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        Configure("""{ "Kind": "Local", "Path": "HERE/none" }""");
        var (_, findings) = await ExamineAsync();
        Assert.Contains(findings, finding => Level(finding) == "Warn" && finding.GetProperty("advice").GetString() == $"chmod 700 {_folder.Path}/state");
    }

    [Fact]
    public async Task A_web_server_is_asked_for_its_time_and_a_part_of_a_file()
    {
        await using var server = new NginxServer();
        await server.InitializeAsync();
        server.Files.PutFile(VirtualView.Core.Paths.VirtualPath.Parse("/f"), [1, 2, 3], VirtualView.Core.Units.UnixTime.FromSeconds(1_700_000_000));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "mnt"));
        Configure($$"""{ "Kind": "Http", "Url": "http://127.0.0.1:{{server.Port}}/json/" }""");
        var messages = (await ExamineAsync()).Findings.Select(finding => finding.GetProperty("message").GetString()!).ToList();
        Assert.Contains("its clock agrees with ours within 5 s", messages);
        Assert.Contains(messages, message => message.StartsWith("parts of files can be read", StringComparison.Ordinal));
    }

    private static string? Level(JsonElement finding) => finding.GetProperty("level").GetString();

    private void Configure(string source) => _folder.File("appsettings.json", $$"""
        { "VirtualView": { "View": { "Name": "exp", "MountPoint": "HERE/mnt", "StateDirectory": "HERE/state" },
          "Sources": { "web": {{source}} }, "Mappings": [ { "At": "/", "Sources": [ "web" ] } ] } }
        """.Replace("HERE", _folder.Path, StringComparison.Ordinal));

    private async Task<(ExitCode Code, List<JsonElement> Findings)> ExamineAsync()
    {
        var result = await Run.RunAsync(_folder, "doctor", "--json");
        Assert.Equal("", result.Error);
        return (result.Code, [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray()]);
    }
}
