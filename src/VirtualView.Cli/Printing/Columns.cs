namespace VirtualView.Cli.Printing;

/// <summary>Rows under a heading, each column as wide as its widest cell.</summary>
internal static class Columns
{
    public static void Print(TextWriter output, string[] heading, IEnumerable<string[]> rows)
    {
        string[][] all = [heading, .. rows];
        var widths = Enumerable.Range(0, heading.Length).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
