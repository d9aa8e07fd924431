namespace VirtualView.Cli;

/// <summary>Where a command prints.</summary>
internal sealed record Terminal(TextWriter Output, TextWriter Error)
{
    public static Terminal Standard => new(Console.Out, Console.Error);

    public int Report(Failure failure)
    {
        foreach (var line in failure.Lines)
            Error.WriteLine($"virtualview: {line}");
        return (int)failure.Code;
    }
}
