using System.Text;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Overlay;

public sealed class LocalChangesTests
{
    private static readonly byte[] Remote = FakeSource.Pattern(3000);

    [Fact]
    public async Task Each_kind_of_change_is_named_with_its_path()
    {
        await using var world = await ChangedAsync();
        Assert.Equal(
            "Deleted /d/gone, Added /d/mine, Attributes /d/mode, Modified /d/raw, Deleted /e, Moved /f from /e",
            Show(world, "/"));
        await world.RestartAsync();
        Assert.Equal("Deleted /d/gone, Added /d/mine, Attributes /d/mode, Modified /d/raw", Show(world, "/d"));
        var raw = world.World.Engine.LocalChanges!.Below(VirtualPath.Parse("/d/raw"))[0];
        Assert.Equal((3000, 2, false), (raw.SizeBytes, raw.WrittenBytes, raw.IsOutdated));
    }

    [Fact]
    public async Task A_change_whose_base_changed_at_the_source_is_told_and_not_merged()
    {
        await using var world = await ChangedAsync();
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        world.Source.Put("/d/mine", FakeSource.Pattern(10, 2), seconds: 2000);
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        var outdated = world.World.Engine.LocalChanges!.Below(VirtualPath.Root).Where(change => change.IsOutdated).Select(change => change.Path.ToString());
        Assert.Equal(["/d/mine", "/d/raw"], outdated);
        Assert.Equal([1], await world.ReadAllAsync("/d/mine"));
    }

    [Theory]
    [InlineData("/d/gone")]
    [InlineData("/d/mode")]
    [InlineData("/d/raw")]
    public async Task What_is_discarded_shows_as_the_source_has_it(string path)
    {
        await using var world = await ChangedAsync();
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse(path)));
        Assert.Equal(FileSystemError.NotFound, world.World.Engine.Discard(VirtualPath.Parse(path)));
        Assert.Equal(Remote, await world.ReadAllAsync(path));
        Assert.Equal(0b110_100_100, (await world.StatAsync(path)).Mode);
        Assert.DoesNotContain(path, Show(world, "/"), StringComparison.Ordinal);
        await world.RestartAsync();
        Assert.Equal(Remote, await world.ReadAllAsync(path));
    }

    [Fact]
    public async Task A_discarded_directory_takes_all_that_is_local_below_with_it()
    {
        await using var world = await ChangedAsync();
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/d")));
        Assert.Equal("gone mode raw", await world.ListAsync("/d"));
        Assert.Equal("Deleted /e, Moved /f from /e", Show(world, "/"));
        await world.RestartAsync();
        Assert.Equal("gone mode raw", await world.ListAsync("/d"));
        Assert.Empty(world.World.Written.Ids);
    }

    [Fact]
    public async Task What_was_written_is_a_change_at_once_also_while_the_file_is_open()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/raw", Remote));
        var handle = await world.OpenAsync("/d/raw");
        Assert.Equal((0L, "clean"), (world.World.Engine.LocalChanges!.Count().Total, await StateAsync(world, "/d/raw")));
        await world.WriteAsync(handle, 0, [9, 9]);
        Assert.Equal((1L, "private"), (world.World.Engine.LocalChanges!.Count().Modified, await StateAsync(world, "/d/raw")));
        Assert.Equal("Modified /d/raw", Show(world, "/"));
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/d/raw")));
        Assert.Equal(Remote, await world.ReadAllAsync("/d/raw"));
        Assert.Equal([9, 9, .. Remote[2..]], await world.ReadAllAsync(handle));
        await world.CloseAsync(handle);
        Assert.Equal((0L, "clean"), (world.World.Engine.LocalChanges!.Count().Total, await StateAsync(world, "/d/raw")));
    }

    [Fact]
    public async Task The_state_is_private_exactly_where_a_change_is_named_of_directories_and_second_names_too()
    {
        await using var world = await ChangedAsync();
        Assert.Equal(FileSystemError.None, await world.MakeDirectoryAsync("/d/new"));
        Assert.Equal(FileSystemError.None, await world.MakeDirectoryAsync("/f/in"));
        Assert.True((await world.MakeAsync("/d/pipe", EntryKind.Fifo)).IsOk);
        Assert.True((await world.MakeAsync("/d/link", EntryKind.Symlink, "raw")).IsOk);
        Assert.Equal(FileSystemError.None, await world.LinkAsync("/d/raw", "/d/second"));
        foreach (var _ in (int[])[1, 2])
        {
            foreach (var path in (string[])["/d/raw", "/d/second", "/d/new", "/d/pipe", "/d/link", "/d/mode", "/d/mine", "/f", "/f/in"])
                Assert.Equal((path, "private"), (path, await StateAsync(world, path)));
            foreach (var path in (string[])["/d", "/f/one"])
                Assert.Equal((path, "clean"), (path, await StateAsync(world, path)));
            await world.RestartAsync();
        }

        Assert.Equal(FileSystemError.None, await world.SetAsync("/d", new AttributeChange { Mode = 0b111_000_000 }));
        Assert.Equal("private", await StateAsync(world, "/d"));
        Assert.StartsWith("Attributes /d, ", Show(world, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_two_names_is_in_conflict_when_either_is()
    {
        await using var world = await ChangedAsync();
        await world.LinkAsync("/d/mine", "/d/second");
        Assert.Equal("private", await StateAsync(world, "/d/mine"));
        world.Source.Put("/d/mine", FakeSource.Pattern(10, 2), seconds: 2000);
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        Assert.Equal(("conflict", "conflict"), (await StateAsync(world, "/d/mine"), await StateAsync(world, "/d/second")));
        Assert.Equal(FileSystemError.None, await world.UnlinkAsync("/d/second"));
        Assert.Equal("conflict", await StateAsync(world, "/d/mine"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/d")]
    [InlineData("/d/raw")]
    [InlineData("/e")]
    public async Task Nothing_is_discarded_where_nothing_is_local_be_it_a_file_or_a_directory(string path)
    {
        await using var world = await WriteWorld.StartAsync(source =>
        {
            foreach (var remote in (string[])["/d/raw", "/e/one"]) source.Put(remote, Remote);
        });
        Assert.Equal(FileSystemError.NotFound, world.World.Engine.Discard(VirtualPath.Parse(path)));
        await world.SetAsync("/d/raw", new AttributeChange { Mode = 0 });
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/d/raw")));
        var open = await world.OpenAsync("/d/raw");
        Assert.Equal(FileSystemError.NotFound, world.World.Engine.Discard(VirtualPath.Parse(path)));
        await world.CloseAsync(open);
        await world.RestartAsync();
        Assert.Equal(FileSystemError.NotFound, world.World.Engine.Discard(VirtualPath.Parse(path)));
    }

    [Fact]
    public async Task A_moved_directory_is_where_it_was_when_both_its_places_are_discarded()
    {
        await using var world = await ChangedAsync();
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/f")));
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/e")));
        Assert.Equal("d e", await world.ListAsync("/"));
        Assert.Equal(Remote, await world.ReadAllAsync("/e/one"));
    }

    [Fact]
    public async Task Who_has_a_discarded_file_open_goes_on_with_it()
    {
        await using var world = await ChangedAsync();
        var handle = await world.OpenAsync("/d/raw");
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/d/raw")));
        Assert.Equal([9, 9, .. Remote[2..]], await world.ReadAllAsync(handle));
        Assert.Equal(Remote, await world.ReadAllAsync("/d/raw"));
        await world.CloseAsync(handle);
        Assert.Equal(Remote, await world.ReadAllAsync("/d/raw"));
    }

    private static async Task<WriteWorld> ChangedAsync()
    {
        var world = await WriteWorld.StartAsync(source =>
        {
            foreach (var path in (string[])["/d/raw", "/d/gone", "/d/mode", "/e/one"]) source.Put(path, Remote);
        });
        var handle = await world.OpenAsync("/d/raw");
        await world.WriteAsync(handle, 0, [9, 9]);
        await world.CloseAsync(handle);
        await world.UnlinkAsync("/d/gone");
        await world.SetAsync("/d/mode", new AttributeChange { Mode = 0 });
        await world.PutAsync("/d/mine", [1]);
        await world.RenameAsync("/e", "/f");
        return world;
    }

    private static async Task<string> StateAsync(WriteWorld world, string path)
    {
        var value = world.Files.GetExtendedAttribute(await world.NodeAsync(path), "user.virtualview.state"u8);
        return value.IsOk ? Encoding.UTF8.GetString(value.Value.Span) : value.Error.ToString();
    }

    private static string Show(WriteWorld world, string path) =>
        string.Join(", ", world.World.Engine.LocalChanges!.Below(VirtualPath.Parse(path)).Select(change =>
            $"{change.Kind} {change.Path}{(change.From is { } from ? $" from {from}" : "")}"));
}
