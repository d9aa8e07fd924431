using System.Text.Json;
using VirtualView.Cli.Tests.Support;
using Run = VirtualView.Cli.Tests.Support.Executable;

namespace VirtualView.Cli.Tests.Executable;

public sealed class ConfigCommandTests : IDisposable
{
    private const string Bad = """{ "VirtualView": { "View": { "Name": "exp", "MountPoint": "rel" }, "Cach": {} } }""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_says_ok_of_a_good_one()
    {
        _folder.File("appsettings.json", Configurations.Good);
        Assert.Equal(new ExecutableResult(ExitCode.Done, "ok\n", ""), await Run.RunAsync(_folder, "config", "check"));
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_mistake()
    {
        _folder.File("appsettings.json", "\uFEFF" + Configurations.Good);
        Assert.Equal(new ExecutableResult(ExitCode.Done, "ok\n", ""), await Run.RunAsync(_folder, "config", "check"));
    }

    [Theory]
    [InlineData("config", "check")]
    [InlineData("config", "show")]
    [InlineData("mount")]
    [InlineData("mount", "--background")]
    public async Task Every_mistake_is_a_line_and_the_code_is_2(params string[] arguments)
    {
        var file = _folder.File("bad.json", Bad);
        var result = await Run.RunAsync(_folder, [.. arguments, "--config", file]);
        Assert.Equal((ExitCode.WrongUse, ""), (result.Code, result.Output));
        Assert.Equal(4, result.ErrorLines.Length);
        Assert.Contains(result.ErrorLines, line => line.StartsWith("virtualview: View.MountPoint: 'rel' is not an absolute path", StringComparison.Ordinal));
        Assert.Contains(result.ErrorLines, line => line.Contains("did you mean Cache?", StringComparison.Ordinal) && line.EndsWith($"[{file}]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_as_json_lists_the_mistakes()
    {
        var result = await Run.RunAsync(_folder, "config", "check", "--json", "--config", _folder.File("bad.json", Bad));
        Assert.Equal(ExitCode.WrongUse, result.Code);
        using var json = JsonDocument.Parse(result.Output);
        Assert.False(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(4, json.RootElement.GetProperty("mistakes").GetArrayLength());
        Assert.Contains(json.RootElement.GetProperty("mistakes").EnumerateArray(), mistake => mistake.GetProperty("key").GetString() == "View.MountPoint");
    }

    [Fact]
    public async Task No_configuration_at_all_says_where_one_was_looked_for()
    {
        var result = await Run.RunAsync(_folder, "config", "check");
        Assert.Equal(ExitCode.WrongUse, result.Code);
        Assert.Contains($"no configuration at {_folder.Path}/appsettings.json", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config", "check")]
    [InlineData("mount")]
    [InlineData("status")]
    public async Task A_folder_in_place_of_the_file_is_told_from_a_missing_one(params string[] arguments)
    {
        var result = await Run.RunAsync(_folder, [.. arguments, "--config", _folder.Path]);
        Assert.Equal((ExitCode.WrongUse, $"virtualview: the configuration is a folder: name the file in it [{_folder.Path}]\n"), (result.Code, result.Error));
    }

    [Fact]
    public async Task A_file_that_was_named_must_be_there_also_where_the_environment_says_enough()
    {
        using var folder = new TempFolder();
        var script = $"VirtualView__View__Name=x '{Run.Program}' config check --config nowhere.json";
        var result = await Run.RunProgramAsync(folder, "/bin/sh", "-c", script);
        Assert.Equal(ExitCode.WrongUse, result.Code);
        Assert.Contains("there is no configuration at", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_gives_sizes_exactly()
    {
        _folder.File("appsettings.json", Configurations.Good.Replace("\"Mappings\"", "\"Cache\": { \"Capacity\": \"200 GB\", \"MinFree\": \"1.5 GiB\" }, \"Mappings\"", StringComparison.Ordinal));
        var shown = (await Run.RunAsync(_folder, "config", "show")).Output;
        Assert.Contains("Cache.Capacity = 200 GB  #", shown, StringComparison.Ordinal);
        Assert.Contains("Cache.MinFree = 1536 MiB  #", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_gives_values_with_their_origin_as_json_too()
    {
        _folder.File("appsettings.json", Configurations.Good);
        var result = await Run.RunAsync(_folder, "config", "show");
        Assert.Contains("Fetch.Timeout = 00:00:30  # default\n", result.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await Run.RunAsync(_folder, "config", "show", "--json")).Output);
        Assert.Contains(json.RootElement.EnumerateArray(), value => value.GetProperty("key").GetString() == "Sources.web.Url");
    }
}
