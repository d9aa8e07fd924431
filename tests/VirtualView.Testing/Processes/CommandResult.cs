using Xunit;

namespace VirtualView.Testing.Processes;

/// <summary>What a program printed and how it ended.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output without the line end behind it.</summary>
    public string Text => Output.Trim();

    /// <summary>The output of a program that must have succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");
        return Output;
    }
}
