using VirtualView.Core.Paths;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;

namespace VirtualView.Engine.Tests.Mappings;

public sealed class MappingTableTests
{
    private static readonly MappingOptions Root = At("/");
    private static readonly MappingOptions Deep = At("/a/b");
    private readonly MappingTable _table = new([Root, Deep]);

    [Fact]
    public void The_deepest_mapping_covers_a_path()
    {
        Assert.Same(Root, _table.Covering(VirtualPath.Parse("/a")));
        Assert.Same(Deep, _table.Covering(VirtualPath.Parse("/a/b")));
        Assert.Same(Deep, _table.Covering(VirtualPath.Parse("/a/b/c")));
        Assert.Same(Root, _table.Covering(VirtualPath.Parse("/a/bc")));
    }

    [Fact]
    public void A_directory_knows_where_it_lies_at_its_sources_and_what_is_mounted_in_it()
    {
        var above = _table.Directory(VirtualPath.Parse("/a"));
        Assert.Equal(VirtualPath.Parse("/a"), above.PathAtSource);
        Assert.Equal([PathName.Of("b")], above.MountedBelow);

        var mounted = _table.Directory(VirtualPath.Parse("/a/b/c"));
        Assert.Equal(VirtualPath.Parse("/c"), mounted.PathAtSource);
        Assert.Empty(mounted.MountedBelow);
    }

    [Fact]
    public void Two_mappings_below_one_name_are_one_directory_above_them()
    {
        var table = new MappingTable([At("/x/one"), At("/x/two")]);

        var root = table.Directory(VirtualPath.Root);

        Assert.Null(root.Mapping);
        Assert.Equal([PathName.Of("x")], root.MountedBelow);
    }

    private static MappingOptions At(string path) => new() { At = VirtualPath.Parse(path), Sources = [] };
}
