using VirtualView.Cli.Configuration;

namespace VirtualView.Cli.Printing;

/// <summary>All mistakes of a configuration, one a line.</summary>
internal static class MistakePrinter
{
    public static IReadOnlyList<string> Lines(ConfigurationReading reading) => [.. reading.Mistakes.Select(mistake => mistake.ToString())];
}
