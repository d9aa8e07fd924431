using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Tests.Generators;

namespace VirtualView.Core.Tests.Paths;

public sealed class VirtualPathTests
{
    [Fact]
    public void A_path_comes_back_from_its_text() => NameGen.Path.Sample(path => VirtualPath.Parse(path.ToString()) == path);

    [Fact]
    public void What_was_put_below_is_what_remains_of_it() =>
        Gen.Select(NameGen.Path, NameGen.Path).Sample((root, below) =>
        {
            var path = root / below;
            Assert.True(path.StartsWith(root));
            Assert.Equal(below, path.RelativeTo(root));
        });

    [Fact]
    public void A_path_starts_with_each_of_its_parents_and_with_no_other() =>
        Gen.Select(NameGen.Path, NameGen.Path).Sample((path, other) =>
        {
            var isAbove = false;
            for (var up = path; ; up = up.Parent)
            {
                isAbove |= up == other;
                if (up.IsRoot) break;
            }

            return path.StartsWith(other) == isAbove;
        });

    [Fact]
    public void Parent_and_name_make_the_path() => NameGen.Path.Sample(path => path.IsRoot || path.Parent / path.Name == path);

    [Fact]
    public void Order_is_that_of_the_names_one_after_the_other() =>
        Gen.Select(NameGen.Path, NameGen.Path).Sample((a, b) =>
        {
            var order = a.Names.Zip(b.Names, (x, y) => x.CompareTo(y)).FirstOrDefault(difference => difference != 0);
            if (order == 0) order = a.Names.Length.CompareTo(b.Names.Length);
            Assert.Equal((order < 0, order <= 0, order > 0, order >= 0), (a < b, a <= b, a > b, a >= b));
            Assert.Equal((order == 0, order != 0), (a == b, a != b));
            if (order == 0) Assert.Equal(a.GetHashCode(), b.GetHashCode());
        });

    [Theory]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("a//b/./c/", "/a/b/c")]
    [InlineData(@"/x\xFFy", @"/x\xFFy")]
    public void Text_is_made_normal(string text, string normal) => Assert.Equal(normal, VirtualPath.Parse(text).ToString());

    [Theory]
    [InlineData("/a/../b")]
    [InlineData(@"/a/\x2E\x2E/b")]
    [InlineData(@"/a\x2Fb")]
    [InlineData(@"/a\x00")]
    [InlineData(@"/a\q")]
    public void What_could_lead_elsewhere_is_refused(string text) => Assert.Throws<FormatException>(() => VirtualPath.Parse(text));

    [Fact]
    public void The_root_is_its_own_parent_and_has_no_name()
    {
        Assert.Equal(VirtualPath.Root, VirtualPath.Root.Parent);
        Assert.True(VirtualPath.Root.Name.IsEmpty);
        Assert.Equal(VirtualPath.Root, VirtualPath.Of());
        Assert.Equal(VirtualPath.Root.GetHashCode(), VirtualPath.Of().GetHashCode());
    }

    [Fact]
    public void What_does_not_lie_below_has_no_relative_path() =>
        Assert.Throws<ArgumentException>(() => VirtualPath.Parse("/ab").RelativeTo(VirtualPath.Parse("/a")));
}
