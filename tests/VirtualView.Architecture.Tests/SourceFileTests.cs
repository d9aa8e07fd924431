namespace VirtualView.Architecture.Tests;

public sealed class SourceFileTests(ITestOutputHelper output)
{
    private const int LongestFile = 400;
    private static readonly string[] EmptyWords = ["Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Manager", "Misc", "Common"];

    [Fact]
    public void The_namespace_is_the_folder()
    {
        foreach (var room in Repository.Rooms)
        {
            var folder = Path.GetDirectoryName(room.Path)!;
            foreach (var file in Repository.Sources(folder).Where(file => file.Types.Length > 0))
            {
                var below = Path.GetRelativePath(folder, Path.GetDirectoryName(file.Path)!).Replace('/', '.').Trim('.');
                var expected = below.Length == 0 ? room.RootNamespace : $"{room.RootNamespace}.{below}";
                Assert.True(file.Namespace == expected, $"{file} has the namespace '{file.Namespace}': make it '{expected}', or move the file.");
            }
        }
    }

    [Fact]
    public void A_file_holds_one_type_which_has_its_name()
    {
        foreach (var file in Repository.Sources("src").Where(file => file.Types.Length > 0))
        {
            Assert.True(
                file.Types is [var type] && type == file.ExpectedType,
                $"{file} holds [{string.Join(", ", file.Types)}]: let each type have a file of its name, or put it into the type that alone uses it.");
        }
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void Files_are_short(string folder)
    {
        var files = Repository.Sources(folder).OrderBy(file => file.Lines).ToList();
        Assert.NotEmpty(files);
        output.WriteLine(
            $"{folder}: {files.Count} files, median {files[files.Count / 2].Lines} lines, p90 {files[files.Count * 9 / 10].Lines} (aim: 60 and 170), longest {files[^1].Lines}");
        Assert.True(
            files[^1].Lines <= LongestFile,
            $"{files[^1]} has {files[^1].Lines} lines, more than {LongestFile}: it does more than one thing. Find the part that has a name of its own.");
    }

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void A_type_is_named_after_its_role(string folder)
    {
        foreach (var file in Repository.Sources(folder))
        {
            foreach (var type in file.Types)
            {
                Assert.False(
                    EmptyWords.Any(word => type.EndsWith(word, StringComparison.Ordinal)),
                    $"{file}: '{type}' says nothing of what it does. Name its role in the field's own terms, or put its members where they are used.");
            }
        }
    }

    [Fact]
    public void The_type_of_every_kind_of_declaration_is_seen()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """
                namespace A.B;
                public sealed class One { }
                internal readonly record struct Two(int X);
                public abstract partial record Three;
                file static class Four { }
                public interface IFive<T>;
                enum Six
                internal ref struct Seven
                public delegate ValueTask<int> Eight(int a);
                /// class Comment
                    private sealed class Nested { }
                """);
            var source = new SourceFile(file);
            Assert.Equal(["One", "Two", "Three", "Four", "IFive", "Six", "Seven", "Eight"], source.Types);
            Assert.Equal("A.B", source.Namespace);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
