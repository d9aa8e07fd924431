namespace VirtualView.Cli;

/// <summary>Why a command gives up: the exit code, and lines that say what, where and what to do.</summary>
internal sealed record Failure(ExitCode Code, params IReadOnlyList<string> Lines)
{
    public static Failure NotAvailable(string what) => new(ExitCode.WrongUse, $"{what} is not available yet");
}
