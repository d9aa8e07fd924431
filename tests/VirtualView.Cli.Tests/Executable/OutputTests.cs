using System.Diagnostics;

namespace VirtualView.Cli.Tests.Executable;

public sealed class OutputTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "virtualview");

    [Theory]
    [InlineData("version", ">/dev/full")]
    [InlineData("version", ">&-")]
    [InlineData("--help", ">/dev/full")]
    public async Task Output_that_cannot_be_written_is_one_line_and_code_1(string command, string redirection)
    {
        var (code, error) = await ShellAsync($"'{Program}' {command} {redirection}");
        Assert.Equal(1, code);
        Assert.StartsWith("virtualview: standard output cannot be written: ", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_keeps_its_code_when_no_one_can_read_why() =>
        Assert.Equal((2, ""), await ShellAsync($"'{Program}' prefetch 2>/dev/full"));

    private static async Task<(int Code, string Error)> ShellAsync(string script)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardError = true })!;
        var error = await shell.StandardError.ReadToEndAsync(cancel);
        await shell.WaitForExitAsync(cancel);
        return (shell.ExitCode, error);
    }
}
