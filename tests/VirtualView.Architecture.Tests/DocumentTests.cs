using System.Text.RegularExpressions;

namespace VirtualView.Architecture.Tests;

/// <summary>What the documents promise is shown by tests that are there.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Promising => ["docs/semantics.md", "docs/security.md", "docs/bad-input.md"];

    public static TheoryData<string> All => [.. Repository.Files("docs", "*.md").Select(Repository.Relative), "README.md", "CONTRIBUTING.md"];

    [Theory]
    [MemberData(nameof(Promising))]
    public void Every_test_that_a_document_names_exists(string document)
    {
        var tests = Repository.Sources("tests").SelectMany(file => TestName().Matches(File.ReadAllText(file.Path)).Select(match => match.Groups[1].Value))
            .Concat(Repository.Files("tests", "test_*.py").SelectMany(path => PythonTest().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)))
            .ToHashSet();
        var named = NamedTest().Matches(Read(document)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.True(
            named.All(tests.Contains),
            $"{document} names tests that are not there: {string.Join(", ", named.Where(name => !tests.Contains(name)))}. Rename them there too, or take the promise back.");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_link_of_a_document_leads_to_a_file(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        var broken = Link().Matches(Read(document)).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Where(target => !Path.Exists(Path.Combine(folder, target.Split('#')[0])));
        Assert.Empty(broken);
    }

    private static string Read(string document) => File.ReadAllText(Path.Combine(Repository.Root, document));

    // A sentence with underscores: at least three words, the first with a capital, as no key or attribute has.
    [GeneratedRegex("`((?:[A-Z][A-Za-z0-9]*_[A-Za-z0-9]+_[A-Za-z0-9_]+)|(?:test_[a-z0-9_]+))`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"public (?:async )?(?:Task|ValueTask|void) ([A-Za-z0-9_]+)\(")]
    private static partial Regex TestName();

    [GeneratedRegex(@"def (test_[a-z0-9_]+)\(")]
    private static partial Regex PythonTest();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
