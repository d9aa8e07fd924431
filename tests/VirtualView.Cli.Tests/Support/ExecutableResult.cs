namespace VirtualView.Cli.Tests.Support;

internal sealed record ExecutableResult(ExitCode Code, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
