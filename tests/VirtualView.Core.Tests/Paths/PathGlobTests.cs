using CsCheck;
using VirtualView.Core.Paths;

namespace VirtualView.Core.Tests.Paths;

public sealed class PathGlobTests
{
    [Theory]
    [InlineData("/a/b", "/a/b", true)]
    [InlineData("/a/b", "/a/b/c/d", true)] // a directory means all below it
    [InlineData("/a/b", "/a", false)]
    [InlineData("/a/b", "/a/bc", false)]
    [InlineData("/*.nxs", "/x.nxs", true)]
    [InlineData("/*.nxs", "/a/x.nxs", false)]
    [InlineData("**/*.nxs", "/x.nxs", true)]
    [InlineData("**/*.nxs", "/a/b/x.nxs", true)]
    [InlineData("**/*.nxs", "/a/b/x.nx", false)]
    [InlineData("**/f?.h5", "/100K/f1.h5", true)]
    [InlineData("**/f?.h5", "/100K/f10.h5", false)]
    [InlineData("**/f?.h5", "/100K/fé.h5", true)] // one character, two bytes
    [InlineData("**/f?.h5", @"/100K/f\xFF.h5", true)] // one byte that is no character
    [InlineData("/[1-3]00K", "/200K/f1.h5", true)]
    [InlineData("/[1-3]00K", "/400K", false)]
    [InlineData("/[!1-3]00K", "/400K", true)]
    [InlineData("/[]]", "/]", true)]
    [InlineData("/[", "/[", true)]
    [InlineData("/[*]", "/*", true)]
    [InlineData("/[*]", "/a", false)]
    [InlineData("/a*b*c", "/aXbXbXc", true)]
    [InlineData("/a*b*c", "/aXcXb", false)]
    [InlineData("/a/**/z", "/a/z", true)]
    [InlineData("/a/**/z", "/a/b/c/z", true)]
    [InlineData("/a/**/z", "/b/z", false)]
    [InlineData("**", "/", true)]
    [InlineData("/", "/a/b", true)]
    [InlineData("**/**/a", "/a", true)]
    public void A_glob_means(string glob, string path, bool isMeant)
    {
        Assert.True(PathGlob.TryParse(glob, out var parsed));
        Assert.Equal(isMeant, parsed.IsMatch(VirtualPath.Parse(path)));
    }

    [Fact]
    public void A_path_stands_for_itself_whatever_is_in_it()
    {
        var glob = PathGlob.Exactly(VirtualPath.Parse("/a*/[b]"))!;
        Assert.True(glob.IsMatch(VirtualPath.Parse("/a*/[b]/c")));
        Assert.False(glob.IsMatch(VirtualPath.Parse("/ab/b")));
    }

    [Fact]
    public void A_way_on_which_nothing_can_match_is_dead_and_one_name_is_not_searched_for()
    {
        Assert.True(PathGlob.TryParse("/a/b*/c", out var glob));
        Assert.True(glob.TryGetOnlyName(glob.Start, out var only));
        Assert.Equal("a", only.ToString());
        Assert.Equal(0UL, glob.Step(glob.Start, PathName.Of("x")));
        var inA = glob.Step(glob.Start, only);
        Assert.False(glob.TryGetOnlyName(inA, out _));
        Assert.NotEqual(0UL, glob.Step(inA, PathName.Of("bb")));
    }

    [Fact]
    public void A_walk_finds_what_the_whole_path_matches() => Check.Sample(
        Gen.Select(Text("ab*?"), Text("ab")),
        (pattern, path) =>
        {
            var glob = PathGlob.Of(VirtualPath.Parse(pattern))!;
            var regex = "^" + string.Concat(VirtualPath.Parse(pattern).Names.Select(name => Regex(name.ToString()))) + "(/.*)?$";
            var text = string.Concat(VirtualPath.Parse(path).Names.Select(name => $"/{name}"));
            Assert.Equal(System.Text.RegularExpressions.Regex.IsMatch(text, regex), glob.IsMatch(VirtualPath.Parse(path)));
        });

    [Fact]
    public void A_path_of_too_many_names_is_no_glob() =>
        Assert.Null(PathGlob.Of(VirtualPath.Parse(string.Join('/', Enumerable.Repeat("a", PathGlob.MaxNames + 1)))));

    private static Gen<string> Text(string letters) =>
        Gen.Char[letters].Array[1, 3].Select(part => new string(part)).Array[1, 4].Select(parts => string.Join('/', parts));

    private static string Regex(string name) => name == "**"
        ? "(/[^/]+)*"
        : "/" + name.Replace("*", "[^/]*", StringComparison.Ordinal).Replace("?", "[^/]", StringComparison.Ordinal);
}
