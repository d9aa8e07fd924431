namespace VirtualView.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("mount", "http://127.0.0.1/", "")]
    [InlineData("mount", "", "mnt")]
    [InlineData("mount", "--mount-point", "")]
    [InlineData("mount", "--config=")]
    [InlineData("config", "check", "--config", "")]
    [InlineData("status", "")]
    public async Task An_empty_argument_is_wrong_use(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(arguments, new Terminal(output, error), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(((int)ExitCode.WrongUse, ""), (code, output.ToString()));
        Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("", "no command was given: see 'virtualview --help'")]
    [InlineData("mont", "'mont' is no command (did you mean mount?): see 'virtualview --help'")]
    [InlineData("config", "'config' takes one of check, show: see 'virtualview config --help'")]
    [InlineData("config frob", "'frob' is no command of 'config', which takes one of check, show: see 'virtualview config --help'")]
    [InlineData("config --json shwo", "'shwo' is no command of 'config' (did you mean show?), which takes one of check, show")]
    [InlineData("status --jsn", "'--jsn' is no option of 'status' (did you mean --json?)")]
    [InlineData("mount --bakground http://127.0.0.1/ mnt", "'--bakground' is no option of 'mount' (did you mean --background?)")]
    [InlineData("mount --read-only=maybe http://127.0.0.1/ mnt", "'--read-only' takes no value")]
    [InlineData("mount http://127.0.0.1/ mnt more", "'more' is one argument too many for 'mount'")]
    [InlineData("a\nb", @"'a\x0Ab' is no command: see")]
    [InlineData("explain", "Required argument 'PATH' missing")]
    [InlineData("mount http://127.0.0.1/", "an address and a folder")]
    [InlineData("mount sftp://h/x mnt", "sftp:// as a source is not available yet")]
    [InlineData("mount /data mnt", "is not an address that can be mounted")]
    [InlineData("prefetch a b --dataset /entry/data", "'prefetch' of a dataset or a slice is not available yet")]
    [InlineData("run -- ls -l", "'run' needs --snapshot ID")]
    public async Task Wrong_use_has_code_2_and_says_why_in_one_line(string arguments, string expected)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), new Terminal(output, error), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(((int)ExitCode.WrongUse, ""), (code, output.ToString()));
        Assert.Contains(expected, Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
