using System.Text.RegularExpressions;

namespace VirtualView.Architecture.Tests;

/// <summary>One C# file. Namespaces are file-scoped here, so types of the top level begin in the first column.</summary>
internal sealed partial class SourceFile(string path)
{
    private readonly string[] _lines = File.ReadAllLines(path);

    public string Path { get; } = path;

    public int Lines => _lines.Length;

    public string? Namespace =>
        _lines.Select(line => NamespaceLine().Match(line)).FirstOrDefault(match => match.Success)?.Groups["name"].Value;

    /// <summary>Names of the types of the top level, without type parameters.</summary>
    public string[] Types => [.. _lines.Select(line => TypeLine().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value).Distinct()];

    /// <summary>What a type in this file is to be called: what stands before the first dot.</summary>
    public string ExpectedType => System.IO.Path.GetFileName(Path).Split('.')[0];

    public override string ToString() => Repository.Relative(Path);

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)")]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|abstract|static|readonly|ref|partial|unsafe|new)\s+)*(?:(?:class|interface|enum|record\s+struct|record\s+class|record|struct)\s+(?<name>\w+)|delegate\s+[\w<>\[\],.?\s]+?\s(?<name>\w+)\s*[<(])")]
    private static partial Regex TypeLine();
}
