namespace VirtualView.Cli.Configuration.Reading;

/// <summary>One thing that is wrong with a configuration: which key, what of it, and what to write instead.</summary>
/// <param name="Key">As written in the documentation, such as <c>Mappings[0].At</c>; empty for the file as a whole.</param>
/// <param name="Origin">The file or the environment variable that says so; of what nobody says the file to write it into; null where there is none.</param>
internal sealed record Mistake(string Key, string Message, string? Origin)
{
    public override string ToString() =>
        string.Join(": ", new[] { Key, Message }.Where(part => part.Length > 0)) + (Origin is null ? "" : $" [{Origin}]");
}
