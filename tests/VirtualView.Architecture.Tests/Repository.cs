using System.Text.RegularExpressions;

namespace VirtualView.Architecture.Tests;

/// <summary>The files of this repository, as they lie on disk.</summary>
internal static partial class Repository
{
    public static readonly string Root = FindRoot();

    public static IReadOnlyList<ProjectFile> Rooms { get; } = Projects("src");

    public static IReadOnlyList<ProjectFile> AllProjects { get; } = [.. Rooms, .. Projects("tests")];

    public static IEnumerable<SourceFile> Sources(string folder) =>
        Files(folder, "*.cs").Select(path => new SourceFile(path));

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
                .Where(path => !Generated().IsMatch(path)).Order(StringComparer.Ordinal)
            : [];

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static List<ProjectFile> Projects(string folder) => [.. Files(folder, "*.csproj").Select(path => new ProjectFile(path))];

    private static string FindRoot()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "VirtualView.sln"))) return at;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} does not lie in the repository");
    }

    [GeneratedRegex("/(obj|bin)/")]
    private static partial Regex Generated();
}
