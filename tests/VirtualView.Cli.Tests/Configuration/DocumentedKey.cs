namespace VirtualView.Cli.Tests.Configuration;

/// <summary>The columns of docs/configuration.md that the code decides.</summary>
internal sealed record DocumentedKey(string Key, string Type, string Unit, string Default, string Bounds)
{
    public string Row => $"| `{Key}` | {Type} | {Unit} | {Default} | {Bounds} |";
}
