using VirtualView.Core.Units;
using VirtualView.Service.Answers;

namespace VirtualView.Cli.Printing;

/// <summary>Local changes for people, a line each; nothing where there are none.</summary>
internal static class ChangesPrinter
{
    public static void Print(TextWriter output, ChangedPath[] changes)
    {
        if (changes.Length > 0) Columns.Print(output, ["CHANGE", "SIZE", "WRITTEN", "PATH"], changes.Select(Row));
    }

    private static string[] Row(ChangedPath change) =>
    [
        change.Change,
        change.Kind == "File" ? $"{new ByteSize(change.SizeBytes)}" : "-",
        change.Kind == "File" ? $"{new ByteSize(change.WrittenBytes)}" : "-",
        $"{change.Path}{(change.Kind == "Directory" ? "/" : "")}{(change.From is { } from ? $" from {from}" : "")}{Conflict(change)}",
    ];

    private static string Conflict(ChangedPath change) => change.Conflict switch
    {
        null => "",
        "baseChanged" => " (conflict: the sources have another version by now)",
        "baseGone" => " (conflict: the sources do not have it any more)",
        "nameTaken" => " (conflict: the sources have something of that name)",
        _ => " (conflict: the sources have something of another kind there)",
    };
}
