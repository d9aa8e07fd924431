namespace VirtualView.Cli;

/// <summary>Where a command prints.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error)
{
    public static Terminal Standard => new(new GuardedOutput(Console.Out), new GuardedOutput(Console.Error)) { ShowsBar = !Console.IsErrorRedirected };

    /// <summary>True where someone looks at standard error while it is written.</summary>
    public bool ShowsBar { get; init; }

    public int Report(Failure failure)
    {
        foreach (var line in failure.Lines)
            Complain(line);
        return (int)failure.Code;
    }

    /// <summary>Says a line on standard error, one whatever the arguments in it hold; where that takes nothing, the exit code has to do.</summary>
    public void Complain(string line)
    {
        try
        {
            Error.WriteLine($"virtualview: {line.ReplaceLineEndings(@"\x0A")}");
        }
        catch (UnwritableOutputException)
        {
            // There is no one left to tell.
        }
    }
}
