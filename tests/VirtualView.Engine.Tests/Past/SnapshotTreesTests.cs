using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.Past;

public sealed class SnapshotTreesTests
{
    private const string Folder = "/.virtualview/snapshots";

    [Fact]
    public async Task A_snapshot_is_a_tree_under_its_number_and_its_name_and_every_number_of_its_run()
    {
        await using var world = await StartAsync();
        await world.ListAsync("/");
        var first = world.Engine.Status().Snapshot;
        await world.ListAsync("/d");
        var last = world.Engine.Status().Snapshot;
        await world.Engine.Snapshots.KeepAsync($"{last}", "kept", TestWorld.Cancel);
        world.Source.Remove("/d/f");
        await world.Engine.PollAsync(acceptDeletions: true, TestWorld.Cancel);
        Assert.Empty(await world.ListAsync("/d"));

        foreach (var name in new[] { $"{first}", $"{last}", "kept" })
            Assert.Equal(["f"], await world.ListAsync($"{Folder}/{name}/d"));
        foreach (var name in new[] { $"0{last}", "1000", "other", "-1" })
            Assert.Equal(FileSystemError.NotFound, (await world.LookupAsync($"{Folder}/{name}")).Error);
        var listed = await world.ListAsync(Folder);
        Assert.Equal([.. (await world.Engine.Snapshots.ListAsync(TestWorld.Cancel)).Select(info => $"{info.Number}"), "kept"], listed);
        Assert.Empty(await world.ListAsync("/.virtualview"));
        Assert.DoesNotContain(".virtualview", await world.ListAsync("/"));
    }

    [Fact]
    public async Task Nodes_and_inodes_of_a_tree_are_none_of_the_view_nor_of_another_tree()
    {
        await using var world = await StartAsync();
        await world.ListAsync("/d");
        var number = world.Engine.Status().Snapshot;
        await world.Engine.Snapshots.KeepAsync($"{number}", "kept", TestWorld.Cancel);
        NodeAttributes[] nodes =
        [
            (await world.LookupAsync("/d/f")).Value, (await world.LookupAsync($"{Folder}/{number}/d/f")).Value, (await world.LookupAsync($"{Folder}/kept/d/f")).Value,
            (await world.LookupAsync("/")).Value, (await world.LookupAsync($"{Folder}/{number}")).Value, (await world.LookupAsync($"{Folder}/kept")).Value,
        ];
        Assert.Equal(nodes.Length, nodes.Select(node => node.Node).Distinct().Count());
        Assert.Equal(nodes.Length, nodes.Select(node => node.InodeNumber).Distinct().Count());
        Assert.Equal(EntryKind.File, nodes[1].Kind);
        Assert.Equal(nodes[0].SizeBytes, nodes[1].SizeBytes);
    }

    [Fact]
    public async Task A_tree_goes_with_the_last_lookup_and_handle_and_its_nodes_are_stale_then()
    {
        await using var world = await StartAsync();
        await world.ListAsync("/d");
        var number = world.Engine.Status().Snapshot;
        var root = (await world.LookupAsync($"{Folder}/{number}")).Value.Node;
        var directory = (await world.Files.LookupAsync(root, PathName.Of("d"), TestWorld.Cancel)).Value.Node;
        var file = (await world.Files.LookupAsync(directory, PathName.Of("f"), TestWorld.Cancel)).Value.Node;
        var handle = (await world.Files.OpenAsync(file, OpenIntent.Read, TestWorld.Cancel)).Value;
        world.Files.Forget(root, 1);
        world.Files.Forget(directory, 1);
        world.Files.Forget(file, 1);
        Assert.Equal(100, (await world.Files.ReadAsync(handle, 0, new byte[200], TestWorld.Cancel)).Bytes);
        Assert.True((await world.Files.GetAttributesAsync(root, TestWorld.Cancel)).IsOk);
        world.Files.Release(handle);
        Assert.Equal(FileSystemError.Stale, (await world.Files.GetAttributesAsync(root, TestWorld.Cancel)).Error);
        Assert.Equal(["f"], await world.ListAsync($"{Folder}/{number}/d"));
    }

    [Fact]
    public async Task A_kernel_is_asked_to_forget_a_tree_that_nobody_used_for_a_while_and_a_name_that_was_dropped()
    {
        await using var world = await StartAsync();
        var notifier = new RecordingNotifier();
        world.Engine.Notifier = notifier;
        await world.ListAsync("/d");
        var number = world.Engine.Status().Snapshot;
        await world.Engine.Snapshots.KeepAsync($"{number}", "kept", TestWorld.Cancel);
        var folder = (await world.LookupAsync(Folder)).Value.Node;
        await world.LookupAsync($"{Folder}/{number}");
        await world.EndAsync(notifier.ToldAsync(folder, $"{number}"), TimeSpan.FromMinutes(1));
        await world.Engine.Snapshots.DropAsync("kept", TestWorld.Cancel);
        await notifier.ToldAsync(folder, "kept").WaitAsync(TestWorld.Cancel);
    }

    [Fact]
    public async Task A_name_that_is_given_to_another_leads_there()
    {
        await using var world = await StartAsync();
        await world.ListAsync("/d");
        await world.Engine.Snapshots.KeepAsync($"{world.Engine.Status().Snapshot}", "kept", TestWorld.Cancel);
        Assert.Equal(["f"], await world.ListAsync($"{Folder}/kept/d"));
        world.Source.Put("/d/g", FakeSource.Pattern(10));
        await world.Engine.PollAsync(TestWorld.Cancel);
        await world.Engine.Snapshots.DropAsync("kept", TestWorld.Cancel);
        await world.Engine.Snapshots.KeepAsync($"{world.Engine.Status().Snapshot}", "kept", TestWorld.Cancel);
        Assert.Equal(["f", "g"], await world.ListAsync($"{Folder}/kept/d"));
    }

    [Fact]
    public async Task Explain_says_what_of_an_old_version_can_be_read_and_why_the_rest_cannot()
    {
        await using var world = await StartAsync();
        world.Source.Put("/d/g", FakeSource.Pattern(100));
        world.Source.Put("/d/h", FakeSource.Pattern(100));
        await world.ListAsync("/d");
        world.Source.Put("/other/x", FakeSource.Pattern(10));
        await world.Engine.PollAsync(TestWorld.Cancel);
        var number = world.Engine.Status().Snapshot;
        var handle = await world.OpenFileAsync("/d/f");
        Assert.Equal("all of it is cached", await NoteAsync(world, number, "/d/f", async () =>
        {
            await world.ReadAsync(handle, 0, 100);
            await Eventually.TrueAsync(() => world.Store.Status().UsedBytes == 100);
        }));
        world.Files.Release(handle);
        Assert.Contains("the rest is read from a source", await NoteAsync(world, number, "/d/g"), StringComparison.Ordinal);
        world.Source.Put("/d/g", FakeSource.Pattern(100, seed: 9), 2000);
        world.Source.Remove("/d/h");
        await world.Engine.PollAsync(acceptDeletions: true, TestWorld.Cancel);
        Assert.Contains("no source has this version any more", await NoteAsync(world, number, "/d/g"), StringComparison.Ordinal);
        Assert.Contains("no source has this version any more", await NoteAsync(world, number, "/d/h"), StringComparison.Ordinal);
        Assert.Contains("nobody had looked into it", await NoteAsync(world, number, "/other"), StringComparison.Ordinal);
        Assert.Null(await NoteAsync(world, number, "/d"));
        Assert.Equal(FileSystemError.NotRecorded, (await ExplainAsync(world, number, "/other/x")).Error);
        Assert.Equal(FileSystemError.NotFound, (await ExplainAsync(world, number, "/d/none")).Error);
    }

    private static async Task<string?> NoteAsync(TestWorld world, long number, string path, Func<Task>? first = null)
    {
        if (first is not null) await first();
        var explained = (await ExplainAsync(world, number, path)).Value;
        Assert.Equal($"{Folder}/{number}{path}", explained.Path);
        return explained.Note;
    }

    private static ValueTask<Outcome<Engine.Status.Explanation>> ExplainAsync(TestWorld world, long number, string path) =>
        world.Engine.ExplainAsync(VirtualPath.Parse($"{Folder}/{number}{path}"), TestWorld.Cancel);

    private static async Task<TestWorld> StartAsync()
    {
        var world = new TestWorld { History = new MemoryHistory() };
        world.Source.Put("/d/f", FakeSource.Pattern(100));
        await world.OpenAsync();
        return world;
    }
}
