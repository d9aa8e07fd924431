using System.Runtime.CompilerServices;

namespace VirtualView.Cli.Tests.Configuration;

public sealed class ConfigurationDocumentTests
{
    [Fact]
    public void The_document_has_a_row_for_every_key_with_the_type_default_and_bounds_of_the_code()
    {
        var missing = KeyCatalog.All().Select(key => key.Row).Except(Rows()).ToArray();
        Assert.True(missing.Length == 0, "docs/configuration.md lacks these rows:\n" + string.Join('\n', missing));
    }

    [Fact]
    public void The_document_has_no_row_that_the_code_does_not_know()
    {
        var strange = Rows().Except(KeyCatalog.All().Select(key => key.Row)).ToArray();
        Assert.True(strange.Length == 0, "docs/configuration.md has these rows, and the code does not:\n" + string.Join('\n', strange));
    }

    private static string[] Rows() =>
        [.. File.ReadAllLines(Document()).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(WithoutMeaning)];

    // The last column is prose, and no business of a test.
    private static string WithoutMeaning(string row) => string.Join('|', row.Split('|')[..6]) + "|";

    private static string Document([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../docs/configuration.md"));
}
