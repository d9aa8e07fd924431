using System.Diagnostics;
using VirtualView.Cli.Tests.Support;

namespace VirtualView.Cli.Tests.Executable;

public sealed class EnvironmentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_variable_wins_over_the_file_and_is_named_as_the_origin()
    {
        var output = await ShowAsync(_folder.File("c.json", Configurations.Good), ("VirtualView__View__Name", "other"));
        Assert.Contains("View.Name = other  # environment VirtualView__View__Name", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_a_variable_names_it()
    {
        var output = await ShowAsync(_folder.File("c.json", Configurations.Good), ("VirtualView__View__Nmae", "other"));
        Assert.Contains("did you mean Name?", output, StringComparison.Ordinal);
        Assert.Contains("[environment VirtualView__View__Nmae]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_shown_by_reference_only()
    {
        var file = _folder.File("c.json", Configurations.Good.Replace("\"Url\"", "\"Headers\": { \"Authorization\": \"env:VV_TOKEN\" }, \"Url\"", StringComparison.Ordinal));
        var output = await ShowAsync(file, ("VV_TOKEN", "hunter2"));
        Assert.Contains("Sources.web.Headers.Authorization = env:VV_TOKEN", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", output, StringComparison.Ordinal);
    }

    private static async Task<string> ShowAsync(string config, (string Name, string Value) variable)
    {
        var cancel = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "virtualview"), ["config", "show"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["VIRTUALVIEW_CONFIG"] = config;
        start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return await output + await error;
    }
}
