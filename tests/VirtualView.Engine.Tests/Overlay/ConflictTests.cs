using System.Text;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Overlay;

/// <summary>What the sources change under local changes is told and never merged.</summary>
public sealed class ConflictTests
{
    private static readonly byte[] Remote = FakeSource.Pattern(3000);

    [Fact]
    public async Task A_conflict_names_the_version_below_and_the_one_at_the_sources()
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw");
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAsync(world);
        var conflict = At(world, "/d/raw")!.Conflict!;
        Assert.Equal((LocalConflictKind.BaseChanged, 3000L, 10L), (conflict.Kind, conflict.Base!.SizeBytes, ((FileNode)conflict.Now!).SizeBytes));
    }

    [Fact]
    public async Task A_version_that_was_young_and_has_aged_as_it_was_is_no_conflict()
    {
        var aged = FakeSource.Weak(3000, 1000);
        var young = aged with { Strength = ValidatorStrength.Racy };
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/raw", new FakeFile(Remote, young, young)));
        await WriteAsync(world, "/d/raw");
        world.Source.Put("/d/raw", new FakeFile(Remote, aged, aged));
        await PollAsync(world);
        Assert.Equal((LocalChangeKind.Modified, null), (At(world, "/d/raw")!.Kind, At(world, "/d/raw")!.Conflict));
        world.Source.Put("/d/raw", FakeSource.Pattern(3000, 2), seconds: 2000);
        await PollAsync(world);
        Assert.Equal(LocalConflictKind.BaseChanged, At(world, "/d/raw")!.Conflict!.Kind);
    }

    [Fact]
    public async Task What_a_killed_process_had_not_saved_of_a_directory_is_looked_at_before_its_conflicts_are_told()
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw");
        world.World.State.Saved = null;
        await world.KillAsync();
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAllAsync(world);
        Assert.Equal(LocalConflictKind.BaseChanged, At(world, "/d/raw")!.Conflict!.Kind);
    }

    [Fact]
    public async Task The_state_of_a_file_in_conflict_says_so()
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw");
        await world.PutAsync("/d/mine", [1]);
        Assert.Equal("private", await AttributeAsync(world, "/d/raw", "state"));
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAsync(world);
        Assert.Equal("conflict", await AttributeAsync(world, "/d/raw", "state"));
        Assert.Equal("private", await AttributeAsync(world, "/d/mine", "state"));
        world.Source.Put("/d/mine", Remote);
        await PollAsync(world);
        Assert.Equal("conflict", await AttributeAsync(world, "/d/mine", "state"));
    }

    [Fact]
    public async Task What_is_cached_of_a_local_file_is_what_was_written_and_what_is_cached_below()
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw");
        Assert.Equal("2", await AttributeAsync(world, "/d/raw", "cached"));
        await world.ReadAllAsync("/d/raw");
        var node = await world.NodeAsync("/d/raw");
        await TestWorld.UntilAsync(() => Attribute(world, node, "cached") == "3000");
        await world.PutAsync("/d/mine", [1]);
        Assert.Equal("1", await AttributeAsync(world, "/d/mine", "cached"));
    }

    [Fact]
    public async Task Changes_are_counted_as_they_are_listed()
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw");
        await world.PutAsync("/d/mine", [1]);
        await world.UnlinkAsync("/d/other");
        await world.RenameAsync("/beside", "/moved");
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAsync(world);
        Assert.Equal(new LocalChangeCounts(Added: 1, Modified: 1, Attributes: 0, Moved: 1, Deleted: 2, Outdated: 1), world.World.Engine.LocalChanges!.Count());
        Assert.Null(At(world, "/d"));
        Assert.Null(At(world, "/nothing/there"));
        Assert.Equal(LocalChangeKind.Deleted, At(world, "/d/other")!.Kind);
    }

    [Fact]
    public async Task A_file_that_was_emptied_is_modified_and_in_conflict_only_when_the_source_changed()
    {
        await using var world = await StartAsync();
        await world.SetAsync("/d/raw", new AttributeChange { SizeBytes = 0 });
        Assert.Equal((LocalChangeKind.Modified, null), (At(world, "/d/raw")!.Kind, At(world, "/d/raw")!.Conflict));
        await world.RestartAsync();
        Assert.Equal((LocalChangeKind.Modified, null), (At(world, "/d/raw")!.Kind, At(world, "/d/raw")!.Conflict));
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAsync(world);
        Assert.Equal((LocalChangeKind.Modified, LocalConflictKind.BaseChanged), (At(world, "/d/raw")!.Kind, At(world, "/d/raw")!.Conflict!.Kind));
    }

    [Fact]
    public async Task A_directory_in_which_something_is_local_and_that_is_a_file_at_the_sources_is_a_conflict()
    {
        await using var world = await StartAsync();
        await world.PutAsync("/d/mine", [1]);
        world.Source.Remove("/d");
        world.Source.Put("/d", [1, 2]);
        await PollAsync(world);
        Assert.Equal((EntryKind.Directory, LocalConflictKind.OtherKind), (At(world, "/d")!.Entry, At(world, "/d")!.Conflict!.Kind));
        Assert.Equal([1], await world.ReadAllAsync("/d/mine"));
    }

    [Fact]
    public async Task A_moved_file_goes_on_to_be_compared_with_the_path_that_it_came_from()
    {
        await using var world = await StartAsync();
        await world.RenameAsync("/d/raw", "/moved");
        Assert.Null(At(world, "/moved")!.Conflict);
        world.Source.Remove("/d/raw");
        await PollAsync(world);
        Assert.Equal(LocalConflictKind.BaseGone, At(world, "/moved")!.Conflict!.Kind);
    }

    [Theory]
    [InlineData(RenameMode.Replace)]
    [InlineData(RenameMode.Exchange)]
    public async Task A_file_that_replaced_one_of_the_sources_conflicts_only_when_they_change_that_or_lose_it(RenameMode mode)
    {
        await using var world = await StartAsync();
        await world.PutAsync("/d/saved", [1, 2, 3]);
        Assert.Equal(FileSystemError.None, await world.RenameAsync("/d/saved", "/d/raw", mode));
        Assert.Equal((LocalChangeKind.Modified, null), (At(world, "/d/raw")!.Kind, At(world, "/d/raw")!.Conflict));
        await PollAsync(world);
        await world.RestartAsync();
        Assert.Equal((LocalChangeKind.Modified, null), (At(world, "/d/raw")!.Kind, At(world, "/d/raw")!.Conflict));
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAsync(world);
        await world.KillAsync();
        var changed = At(world, "/d/raw")!.Conflict!;
        Assert.Equal((LocalConflictKind.BaseChanged, 3000L, 10L), (changed.Kind, changed.Base!.SizeBytes, ((FileNode)changed.Now!).SizeBytes));
        world.Source.Remove("/d/raw");
        await PollAsync(world);
        Assert.Equal((LocalConflictKind.BaseGone, 3000L), (At(world, "/d/raw")!.Conflict!.Kind, At(world, "/d/raw")!.Conflict!.Base!.SizeBytes));
    }

    [Fact]
    public async Task A_file_that_is_removed_and_made_anew_knows_the_version_that_was_there()
    {
        await using var world = await StartAsync();
        await world.UnlinkAsync("/d/raw");
        await world.RestartAsync();
        await world.PutAsync("/d/raw", [1]);
        Assert.Null(At(world, "/d/raw")!.Conflict);
        await world.RestartAsync();
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAsync(world);
        Assert.Equal((LocalConflictKind.BaseChanged, 3000L), (At(world, "/d/raw")!.Conflict!.Kind, At(world, "/d/raw")!.Conflict!.Base!.SizeBytes));
    }

    [Fact]
    public async Task A_file_that_was_removed_here_and_changed_at_the_sources_is_told()
    {
        await using var world = await StartAsync();
        await world.UnlinkAsync("/d/raw");
        Assert.Null(At(world, "/d/raw")!.Conflict);
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAsync(world);
        await world.RestartAsync();
        var told = At(world, "/d/raw")!;
        Assert.Equal((LocalChangeKind.Deleted, LocalConflictKind.BaseChanged, 3000L), (told.Kind, told.Conflict!.Kind, told.Conflict.Base!.SizeBytes));
        Assert.Equal(FileSystemError.NotFound, await world.ErrorAsync("/d/raw"));
        world.Source.Remove("/d/raw");
        await PollAsync(world);
        Assert.Null(At(world, "/d/raw"));
    }

    [Theory]
    [InlineData("/t")]
    [InlineData("/moved")]
    public async Task A_removed_directory_into_which_the_sources_put_something_new_is_told(string removedAs)
    {
        await using var world = await WriteWorld.StartAsync(source =>
        {
            foreach (var path in (string[])["/t/a", "/t/below/b", "/t/below/c", "/other"]) source.Put(path, Remote);
        });
        if (removedAs != "/t") Assert.Equal(FileSystemError.None, await world.RenameAsync("/t", removedAs));
        foreach (var file in (string[])["a", "below/b", "below/c"]) Assert.Equal(FileSystemError.None, await world.UnlinkAsync($"{removedAs}/{file}"));
        Assert.Equal(FileSystemError.None, await world.RemoveDirectoryAsync($"{removedAs}/below"));
        Assert.Equal(FileSystemError.None, await world.RemoveDirectoryAsync(removedAs));
        await world.RestartAsync();
        Assert.Equal((LocalChangeKind.Deleted, null), (At(world, "/t")!.Kind, At(world, "/t")!.Conflict));

        world.Source.Remove("/t/below/c");
        await PollAllAsync(world);
        Assert.Null(At(world, "/t")!.Conflict);

        world.Source.Put("/t/below/b", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAllAsync(world);
        Assert.Equal(LocalConflictKind.BaseChanged, At(world, "/t")!.Conflict!.Kind);

        world.Source.Put("/t/below/b", Remote);
        await PollAllAsync(world);
        Assert.Null(At(world, "/t")!.Conflict);
        world.Source.Put("/t/below/new", Remote);
        await PollAllAsync(world);
        Assert.Equal(LocalConflictKind.BaseChanged, At(world, "/t")!.Conflict!.Kind);
        Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/t")));
        Assert.Equal("a below", await world.ListAsync("/t"));
    }

    [Fact]
    public async Task A_directory_made_in_the_place_of_a_removed_one_knows_what_was_in_that()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/t/a", Remote));
        await world.UnlinkAsync("/t/a");
        await world.RemoveDirectoryAsync("/t");
        Assert.Equal(FileSystemError.None, await world.MakeDirectoryAsync("/t"));
        await PollAllAsync(world);
        Assert.Equal((LocalChangeKind.Added, null), (At(world, "/t")!.Kind, At(world, "/t")!.Conflict));
        world.Source.Put("/t/b", Remote);
        await PollAllAsync(world);
        Assert.Equal(LocalConflictKind.BaseChanged, At(world, "/t")!.Conflict!.Kind);
    }

    [Fact]
    public async Task Of_a_journal_that_did_not_record_it_the_version_below_is_known_and_what_was_replaced_is_a_taken_name()
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw");
        await world.PutAsync("/saved", [1]);
        await world.RenameAsync("/saved", "/d/other");
        await world.UnlinkAsync("/beside");
        world.World.Journal.RecordsHidden = false;
        await world.RestartAsync();
        Assert.Null(At(world, "/d/raw")!.Conflict);
        Assert.Equal(LocalConflictKind.NameTaken, At(world, "/d/other")!.Conflict!.Kind);
        Assert.Equal((LocalChangeKind.Deleted, null), (At(world, "/beside")!.Kind, At(world, "/beside")!.Conflict));
        world.Source.Put("/d/raw", FakeSource.Pattern(10, 2), seconds: 2000);
        await PollAsync(world);
        Assert.Equal((LocalConflictKind.BaseChanged, 3000L), (At(world, "/d/raw")!.Conflict!.Kind, At(world, "/d/raw")!.Conflict!.Base!.SizeBytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Whatever_happens_on_both_sides_the_conflicts_are_those_of_the_model(int seed)
    {
        var random = new Random(seed);
        await using var world = await StartAsync();
        string[] paths = ["/d/raw", "/d/a", "/d/b", "/d/c"];
        var remote = paths.ToDictionary(path => path, path => path == "/d/raw" ? 1 : 0); // 0: nothing, -1: a directory, else the version
        var local = paths.ToDictionary(path => path, _ => ((int Hidden, bool IsFile)?)null); // null: nothing is local; a whiteout is no file
        for (var step = 2; step < 120; step++)
        {
            var path = paths[random.Next(paths.Length)];
            var now = remote[path];
            var free = local[path] is { IsFile: false } || (local[path] is null && now == 0);
            var shown = local[path] is { IsFile: true } || (local[path] is null && now > 0);
            var hidden = local[path] is not { } known ? now : known.IsFile || now != 0 ? known.Hidden : 0;
            switch (random.Next(10))
            {
                case 0 or 1:
                    if (now != 0) world.Source.Remove(path);
                    world.Source.Put(path, FakeSource.Pattern(100 + step, step), seconds: 1000 + step);
                    remote[path] = step;
                    break;
                case 2:
                    if (now != 0) world.Source.Remove(path);
                    remote[path] = 0;
                    break;
                case 3:
                    if (now != 0) world.Source.Remove(path);
                    world.Source.Put($"{path}/in", [1], seconds: 1000 + step);
                    remote[path] = -1;
                    break;
                case 4 when shown:
                    await WriteAsync(world, path);
                    local[path] = (hidden, true);
                    break;
                case 4 when free:
                    Assert.Equal(FileSystemError.None, await world.PutAsync(path, [1]));
                    local[path] = (hidden, true);
                    break;
                case 5 when shown:
                    Assert.Equal(FileSystemError.None, await world.SetAsync(path, new AttributeChange { SizeBytes = 0 }));
                    local[path] = (hidden, true);
                    break;
                case 6 when shown:
                    Assert.Equal(FileSystemError.None, await world.UnlinkAsync(path));
                    local[path] = now == 0 ? null : (hidden, false);
                    break;
                case 7 when shown || free:
                    await world.PutAsync("/saved", [1]);
                    Assert.Equal(FileSystemError.None, await world.RenameAsync("/saved", path));
                    local[path] = (hidden, true);
                    break;
                case 8 when local[path] is not null:
                    Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse(path)));
                    local[path] = null;
                    break;
                case 9:
                    if (random.Next(2) == 0) await world.RestartAsync();
                    else await world.KillAsync();
                    break;
            }

            await PollAsync(world);
            foreach (var each in paths)
            {
                var told = At(world, each)?.Conflict;
                Assert.Equal((step, each, Expected(local[each], remote[each])), (step, each, told?.Kind));
                if (told is not null) Assert.Equal((step, each, SizeOf(local[each]!.Value.Hidden)), (step, each, told.Base?.SizeBytes));
            }
        }
    }

    private static LocalConflictKind? Expected((int Hidden, bool IsFile)? local, int remote) => (local, remote) switch
    {
        (null, _) or ({ Hidden: 0 }, 0) or ({ IsFile: false }, 0) => null,
        ({ Hidden: 0, IsFile: true }, -1) => LocalConflictKind.OtherKind,
        ({ Hidden: 0 }, _) => LocalConflictKind.NameTaken,
        (_, 0) => LocalConflictKind.BaseGone,
        ({ Hidden: -1 }, -1) => null,
        ({ Hidden: var was }, var now) => was == now ? null : was == -1 || now == -1 ? LocalConflictKind.OtherKind : LocalConflictKind.BaseChanged,
    };

    private static long? SizeOf(int version) => version switch { <= 0 => null, 1 => 3000, _ => 100 + version };

    private static async Task PollAllAsync(WriteWorld world) => await world.World.Engine.PollAsync(acceptDeletions: true, TestWorld.Cancel);

    private static async Task<WriteWorld> StartAsync() => await WriteWorld.StartAsync(source =>
    {
        source.Put("/d/raw", Remote);
        source.Put("/d/other", Remote);
        source.Put("/beside", Remote);
    });

    private static async Task WriteAsync(WriteWorld world, string path)
    {
        var handle = await world.OpenAsync(path);
        await world.WriteAsync(handle, 0, [9, 9]);
        await world.CloseAsync(handle);
    }

    private static async Task<string> AttributeAsync(WriteWorld world, string path, string name) =>
        Attribute(world, await world.NodeAsync(path), name);

    private static string Attribute(WriteWorld world, NodeId node, string name) =>
        Encoding.UTF8.GetString(world.Files.GetExtendedAttribute(node, Encoding.UTF8.GetBytes($"user.virtualview.{name}")).Value.Span);

    private static async Task PollAsync(WriteWorld world)
    {
        await world.ListAsync("/d");
        await world.World.Engine.PollAsync(acceptDeletions: true, TestWorld.Cancel);
    }

    private static LocalChange? At(WriteWorld world, string path) => world.World.Engine.LocalChanges!.At(VirtualPath.Parse(path));
}
