using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.FileSystem;

public sealed class DirectoryReadsTests
{
    private static CancellationToken Cancel => TestWorld.Cancel;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Replies_of_any_size_give_every_entry_once(int room)
    {
        await using var world = await TestWorld.StartAsync(Fill);
        var directory = (await world.Files.OpenDirectoryAsync(NodeId.Root, Cancel)).Value;
        var names = new List<string>();
        for (var position = 0L; ;)
        {
            var reply = new ListReply(room);
            Assert.Equal(FileSystemError.None, world.Files.ReadDirectory(directory, position, withAttributes: true, reply));
            if (reply.Entries.Count == 0) break;
            names.AddRange(reply.Entries.Select(entry => entry.Name));
            position = reply.Entries[^1].Next;
        }

        Assert.Equal([".", "..", "a", "b", "c", "d"], names);
    }

    [Fact]
    public async Task An_entry_that_found_no_room_counts_no_lookup()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        var directory = (await world.Files.OpenDirectoryAsync(NodeId.Root, Cancel)).Value;
        var reply = new ListReply(4);

        world.Files.ReadDirectory(directory, 0, withAttributes: true, reply);

        Assert.Equal([null, null], reply.Entries[..2].Select(entry => entry.Node));
        Assert.Equal(3, world.Engine.Status().KnownNodes);
        foreach (var entry in reply.Entries[2..]) world.Files.Forget(entry.Node!.Value, 1);
        Assert.Equal(1, world.Engine.Status().KnownNodes);
    }

    [Fact]
    public async Task What_a_directory_lists_stays_while_it_is_open()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        var directory = (await world.Files.OpenDirectoryAsync(NodeId.Root, Cancel)).Value;
        world.Source.Remove("/a");
        world.Source.Put("/new", [1]);
        await world.Engine.PollAsync(Cancel);
        var reply = new ListReply(100);

        world.Files.ReadDirectory(directory, 2, withAttributes: true, reply);

        Assert.Equal(["a", "b", "c", "d"], reply.Entries.Select(entry => entry.Name));
        Assert.Null(reply.Entries[0].Node);
        world.Files.ReleaseDirectory(directory);
        Assert.Equal(FileSystemError.BadHandle, world.Files.ReadDirectory(directory, 0, false, reply));
        Assert.Equal(0, world.Engine.Status().OpenHandles);
    }

    [Fact]
    public async Task Positions_that_no_entry_gave_are_refused_or_the_end()
    {
        await using var world = await TestWorld.StartAsync(Fill);
        var directory = (await world.Files.OpenDirectoryAsync(NodeId.Root, Cancel)).Value;
        var reply = new ListReply(100);

        Assert.Equal(FileSystemError.InvalidArgument, world.Files.ReadDirectory(directory, -1, false, reply));
        Assert.Equal(FileSystemError.None, world.Files.ReadDirectory(directory, long.MaxValue, false, reply));
        Assert.Empty(reply.Entries);
    }

    [Fact]
    public async Task A_file_of_which_only_the_name_is_known_goes_by_name()
    {
        await using var world = await TestWorld.StartAsync(source => source.Put("/f", new FakeFile([1], null, FakeSource.Weak(1, 1000))));
        var directory = (await world.Files.OpenDirectoryAsync(NodeId.Root, Cancel)).Value;
        var reply = new ListReply(100);

        world.Files.ReadDirectory(directory, 2, withAttributes: true, reply);

        Assert.Null(Assert.Single(reply.Entries).Node);
        Assert.Equal(0, world.Source.Stats);
    }

    private static void Fill(FakeSource source)
    {
        foreach (var name in new[] { "/a", "/b", "/c" }) source.Put(name, [1]);
        source.PutDirectory("/d");
    }
}
