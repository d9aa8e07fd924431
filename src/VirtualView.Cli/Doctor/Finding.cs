namespace VirtualView.Cli.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Advice">What to do; null where all is well.</param>
internal sealed record Finding(string Check, FindingLevel Level, string Message, string? Advice)
{
    public static Finding Ok(string check, string message) => new(check, FindingLevel.Ok, message, null);

    public static Finding Warn(string check, string message, string advice) => new(check, FindingLevel.Warn, message, advice);

    public static Finding Fail(string check, string message, string advice) => new(check, FindingLevel.Fail, message, advice);
}
