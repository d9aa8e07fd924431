using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.Overlay;

public sealed class WritingTests
{
    private static readonly byte[] Remote = FakeSource.Pattern(10_500);

    /// <summary>The row of the cut is not on the disk: what the one before it names must be there still.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(500, 500)]
    [InlineData(1500, 3000)]
    [InlineData(0, 4000)]
    public async Task A_file_that_is_cut_when_the_power_goes_is_as_it_was_synced_or_cut(int cut, int size)
    {
        var remote = FakeSource.Pattern(3000);
        var written = Enumerable.Repeat((byte)9, 1000).ToArray();
        foreach (var isLost in (bool[])[true, false])
        {
            await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", remote));
            var handle = await world.OpenAsync("/raw");
            await world.WriteAsync(handle, 1000, written);
            Assert.Equal(FileSystemError.None, await world.Files.SyncAsync(handle, dataOnly: false, TestWorld.Cancel));
            await world.SetAsync("/raw", new AttributeChange { SizeBytes = cut });
            await world.SetAsync("/raw", new AttributeChange { SizeBytes = size });
            if (isLost) world.World.Journal.LosePower();
            await world.KillAsync();
            byte[] synced = [.. remote[..1000], .. written, .. remote[2000..]];
            Assert.Equal(isLost ? synced : [.. synced[..cut], .. new byte[size - cut]], await world.ReadAllAsync("/raw"));
        }
    }

    [Fact]
    public async Task A_new_file_is_read_as_it_was_written_and_survives_a_restart()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/a/remote", Remote));
        Assert.Equal(FileSystemError.None, await world.PutAsync("/a/new", [1, 2, 3]));
        Assert.Equal("new remote", await world.ListAsync("/a"));
        Assert.Equal([1, 2, 3], await world.ReadAllAsync("/a/new"));
        await world.RestartAsync();
        Assert.Equal("new remote", await world.ListAsync("/a"));
        Assert.Equal([1, 2, 3], await world.ReadAllAsync("/a/new"));
        Assert.Equal(Remote, await world.ReadAllAsync("/a/remote"));
    }

    [Fact]
    public async Task A_small_write_into_a_remote_file_fetches_nothing_and_lies_over_its_version()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        var handle = await world.OpenAsync("/raw");
        Assert.Equal(FileSystemError.None, await world.WriteAsync(handle, 5000, [1, 2, 3]));
        Assert.Empty(world.Source.Reads);
        var expected = (byte[])Remote.Clone();
        new byte[] { 1, 2, 3 }.CopyTo(expected, 5000);
        Assert.Equal(expected, await world.ReadAllAsync(handle));
        await world.CloseAsync(handle);
        await world.RestartAsync();
        Assert.Equal(expected, await world.ReadAllAsync("/raw"));
        Assert.Equal(Remote.Length, (await world.StatAsync("/raw")).SizeBytes);
    }

    [Fact]
    public async Task Who_has_a_remote_file_open_sees_what_others_write_into_it()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        var reader = await world.OpenAsync("/raw", OpenIntent.Read);
        var writer = await world.OpenAsync("/raw");
        await world.WriteAsync(writer, 0, [9, 9]);
        Assert.Equal([9, 9], await world.World.ReadAsync(reader, 0, 2));
        await world.CloseAsync(writer);
        Assert.Equal([9, 9], await world.World.ReadAsync(reader, 0, 2));
        world.Files.Release(reader);
    }

    [Fact]
    public async Task A_session_that_writes_what_is_there_leaves_no_version_behind()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        Assert.Equal(Remote, await world.ReadAllAsync("/raw"));
        await Eventually.TrueAsync(() => world.World.Store.Status().UsedBytes == Remote.Length);
        var before = await world.StatAsync("/raw");
        var handle = await world.OpenAsync("/raw");
        await world.WriteAsync(handle, 100, Remote[100..300]);
        await world.CloseAsync(handle);
        Assert.Equal(before, await world.StatAsync("/raw"));
        Assert.Equal(0, world.World.Journal.Commits);
    }

    [Fact]
    public async Task A_file_that_is_open_for_writing_stays_on_its_inode_when_the_source_changes()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        var node = await world.NodeAsync("/raw");
        var handle = await world.OpenAsync("/raw");
        await world.WriteAsync(handle, 0, [7]);
        await world.World.ReadAsync(handle, 0, Remote.Length);
        world.Source.Put("/raw", FakeSource.Pattern(500, 2), seconds: 2000);
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        Assert.Equal(node, await world.NodeAsync("/raw"));
        Assert.Equal([7, .. Remote[1..]], await world.ReadAllAsync(handle));
        await world.CloseAsync(handle);
        Assert.Equal([7, .. Remote[1..]], await world.ReadAllAsync("/raw"));
    }

    [Fact]
    public async Task A_file_that_was_only_opened_for_writing_follows_its_source_after_the_close()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/raw", Remote));
        var handle = await world.OpenAsync("/d/raw");
        var changed = world.Source.Put("/d/raw", FakeSource.Pattern(500, 2), seconds: 2000);
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        Assert.Equal(Remote.Length, (await world.StatAsync("/d/raw")).SizeBytes);
        await world.CloseAsync(handle);
        Assert.Equal(changed, await world.ReadAllAsync("/d/raw"));
    }

    [Fact]
    public async Task Truncation_and_growth_show_zeros_and_never_old_bytes()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        var handle = await world.OpenAsync("/raw");
        await world.WriteAsync(handle, 4000, [5, 5, 5]);
        Assert.Equal(FileSystemError.None, await world.SetAsync("/raw", new AttributeChange { SizeBytes = 3000 }));
        Assert.Equal(FileSystemError.None, await world.SetAsync("/raw", new AttributeChange { SizeBytes = 6000 }));
        byte[] expected = [.. Remote[..3000], .. new byte[3000]];
        Assert.Equal(expected, await world.ReadAllAsync(handle));
        await world.CloseAsync(handle);
        await world.RestartAsync();
        Assert.Equal(expected, await world.ReadAllAsync("/raw"));
    }

    [Fact]
    public async Task A_remote_file_that_is_opened_with_truncation_is_empty_and_needs_no_source()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        var handle = await world.OpenAsync("/raw", OpenIntent.Write | OpenIntent.Truncate);
        await world.WriteAsync(handle, 2, [1]);
        await world.CloseAsync(handle);
        await world.RestartAsync();
        Assert.Equal([0, 0, 1], await world.ReadAllAsync("/raw"));
        Assert.Empty(world.Source.Reads);
    }

    [Fact]
    public async Task Names_of_remote_files_are_taken_away_and_given_anew()
    {
        await using var world = await WriteWorld.StartAsync(source =>
        {
            source.Put("/d/one", Remote);
            source.Put("/d/two", FakeSource.Pattern(10, 3));
        });
        Assert.Equal(FileSystemError.None, await world.UnlinkAsync("/d/one"));
        Assert.Equal(FileSystemError.NotFound, await world.ErrorAsync("/d/one"));
        Assert.Equal(FileSystemError.None, await world.RenameAsync("/d/two", "/d/three"));
        Assert.Equal("three", await world.ListAsync("/d"));
        await world.RestartAsync();
        Assert.Equal("three", await world.ListAsync("/d"));
        Assert.Equal(FakeSource.Pattern(10, 3), await world.ReadAllAsync("/d/three"));
        Assert.Equal(FileSystemError.None, await world.PutAsync("/d/one", [4]));
        Assert.Equal([4], await world.ReadAllAsync("/d/one"));
    }

    [Fact]
    public async Task A_renamed_remote_directory_goes_on_to_follow_its_source()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/sub/one", Remote));
        Assert.Equal(FileSystemError.None, await world.RenameAsync("/d", "/moved"));
        Assert.Equal("moved", await world.ListAsync("/"));
        Assert.Equal(Remote, await world.ReadAllAsync("/moved/sub/one"));
        world.Source.Put("/d/sub/later", [1, 2]);
        await world.World.Engine.PollAsync(TestWorld.Cancel);
        await world.RestartAsync();
        Assert.Equal("later one", await world.ListAsync("/moved/sub"));
        Assert.Equal([1, 2], await world.ReadAllAsync("/moved/sub/later"));
        Assert.Equal(FileSystemError.None, await world.MakeDirectoryAsync("/d"));
        Assert.Equal("", await world.ListAsync("/d"));
    }

    [Fact]
    public async Task A_directory_goes_only_when_nothing_shows_in_it()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/one", Remote));
        Assert.Equal(FileSystemError.NotEmpty, await world.RemoveDirectoryAsync("/d"));
        Assert.Equal(FileSystemError.None, await world.UnlinkAsync("/d/one"));
        Assert.Equal(FileSystemError.None, await world.RemoveDirectoryAsync("/d"));
        Assert.Equal("", await world.ListAsync("/"));
        await world.RestartAsync();
        Assert.Equal("", await world.ListAsync("/"));
    }

    [Fact]
    public async Task What_is_written_stays_when_the_source_loses_its_directory()
    {
        await using var world = await WriteWorld.StartAsync(source =>
        {
            source.Put("/a/b/one", Remote);
            source.Put("/other", Remote);
        });
        Assert.Equal("one", await world.ListAsync("/a/b"));
        await world.PutAsync("/a/b/mine", [1]);
        world.Source.Remove("/a");
        await world.World.Engine.PollAsync(acceptDeletions: true, TestWorld.Cancel);
        Assert.Equal("mine", await world.ListAsync("/a/b"));
        Assert.Equal([1], await world.ReadAllAsync("/a/b/mine"));
    }

    [Fact]
    public async Task An_unlinked_file_lives_until_its_last_close()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        await world.PutAsync("/mine", [1, 2]);
        foreach (var path in (string[])["/mine", "/raw"])
        {
            var content = await world.ReadAllAsync(path);
            var node = await world.NodeAsync(path);
            var handle = await world.OpenAsync(path);
            Assert.Equal(FileSystemError.None, await world.UnlinkAsync(path));
            Assert.Equal(0u, (await world.Files.GetAttributesAsync(node, TestWorld.Cancel)).Value.Links);
            Assert.Equal(content, await world.ReadAllAsync(handle));
            await world.WriteAsync(handle, 0, [8]);
            await world.CloseAsync(handle);
            world.Files.Forget(node, 100);
        }

        await world.RestartAsync();
        Assert.Empty(world.World.Written.Ids);
        Assert.Equal("", await world.ListAsync("/"));
    }

    [Fact]
    public async Task Two_names_of_a_file_are_one_file()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        Assert.Equal(FileSystemError.None, await world.LinkAsync("/raw", "/other"));
        var handle = await world.OpenAsync("/other");
        await world.WriteAsync(handle, 0, [3]);
        await world.CloseAsync(handle);
        Assert.Equal(await world.NodeAsync("/raw"), await world.NodeAsync("/other"));
        Assert.Equal(2u, (await world.StatAsync("/raw")).Links);
        await world.UnlinkAsync("/raw");
        await world.RestartAsync();
        Assert.Equal([3, .. Remote[1..]], await world.ReadAllAsync("/other"));
        Assert.Equal(1u, (await world.StatAsync("/other")).Links);
    }

    [Fact]
    public async Task A_directory_that_was_made_here_counts_the_directories_in_it_and_one_of_the_sources_does_not_say()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/far/raw", Remote));
        foreach (var path in (string[])["/one", "/one/a", "/one/b", "/two"]) await world.MakeDirectoryAsync(path);
        await world.PutAsync("/one/file", [1]);
        Assert.Equal(4u, await LinksAsync("/one"));
        await world.RenameAsync("/one/a", "/two/a");
        await world.RenameAsync("/far", "/two/far");
        Assert.Equal((3u, 4u, 1u), (await LinksAsync("/one"), await LinksAsync("/two"), await LinksAsync("/two/far")));
        await world.RestartAsync();
        Assert.Equal((3u, 4u, 1u), (await LinksAsync("/one"), await LinksAsync("/two"), await LinksAsync("/two/far")));
        Assert.Equal(FileSystemError.None, await world.RemoveDirectoryAsync("/two/a"));
        Assert.Equal(3u, await LinksAsync("/two"));

        async Task<uint> LinksAsync(string path) => (await world.StatAsync(path)).Links;
    }

    [Fact]
    public async Task A_commit_that_fails_changes_nothing()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/one", Remote));
        await world.PutAsync("/d/mine", [1]);
        world.World.Journal.Failure = FileSystemError.NoSpace;
        Assert.Equal(FileSystemError.NoSpace, await world.UnlinkAsync("/d/one"));
        Assert.Equal(FileSystemError.NoSpace, await world.RenameAsync("/d/mine", "/d/other"));
        Assert.Equal(FileSystemError.NoSpace, await world.MakeDirectoryAsync("/d/new"));
        Assert.Equal(FileSystemError.NoSpace, await world.SetAsync("/d/one", new AttributeChange { Mode = 0 }));
        world.World.Journal.Failure = FileSystemError.None;
        Assert.Equal("mine one", await world.ListAsync("/d"));
        Assert.Equal(0b110_100_100, (await world.StatAsync("/d/one")).Mode);
    }

    [Fact]
    public async Task Exchange_swaps_a_remote_directory_with_a_local_file()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/one", Remote));
        await world.PutAsync("/mine", [1]);
        Assert.Equal(FileSystemError.None, await world.RenameAsync("/d", "/mine", RenameMode.Exchange));
        Assert.Equal(FileSystemError.Exists, await world.RenameAsync("/d", "/mine", RenameMode.NoReplace));
        await world.RestartAsync();
        Assert.Equal([1], await world.ReadAllAsync("/d"));
        Assert.Equal(Remote, await world.ReadAllAsync("/mine/one"));
    }

    [Fact]
    public async Task A_directory_does_not_move_below_itself()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/d/sub/one", Remote));
        Assert.Equal(FileSystemError.InvalidArgument, await world.RenameAsync("/d", "/d/sub/d"));
    }

    [Fact]
    public async Task Owner_mode_times_and_extended_attributes_of_a_remote_file_are_kept()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote));
        var at = Core.Units.UnixTime.FromSeconds(77, 123_456_789);
        var change = new AttributeChange { Mode = 0b111_000_000, Uid = 5, Gid = 6, ModifiedAt = TimeChange.To(at) };
        Assert.Equal(FileSystemError.None, await world.SetAsync("/raw", change));
        var node = await world.NodeAsync("/raw");
        Assert.Equal(FileSystemError.None, await world.Files.SetExtendedAttributeAsync(node, "user.a"u8.ToArray(), "b"u8.ToArray(), SetAttributeMode.Create, TestWorld.Cancel));
        await world.RestartAsync();
        var stat = await world.StatAsync("/raw");
        Assert.Equal((0b111_000_000, 5u, 6u, at), (stat.Mode, stat.Uid, stat.Gid, stat.ModifiedAt));
        Assert.Equal("b"u8.ToArray(), world.Files.GetExtendedAttribute(stat.Node, "user.a"u8).Value.ToArray());
        Assert.Equal("user.a\0"u8.ToArray(), world.Files.ListExtendedAttributes(stat.Node).Value.ToArray());
        Assert.Equal(Remote, await world.ReadAllAsync("/raw"));
        Assert.Equal("private"u8.ToArray(), world.Files.GetExtendedAttribute(stat.Node, "user.virtualview.state"u8).Value.ToArray());
    }

    [Fact]
    public async Task Every_kind_of_inode_can_be_made()
    {
        await using var world = await WriteWorld.StartAsync();
        foreach (var kind in Enum.GetValues<EntryKind>())
            Assert.Equal(FileSystemError.None, (await world.MakeAsync($"/{kind}", kind, target: "where")).Error);
        await world.RestartAsync();
        foreach (var kind in Enum.GetValues<EntryKind>()) Assert.Equal(kind, (await world.StatAsync($"/{kind}")).Kind);
    }

    [Fact]
    public async Task A_remote_file_that_was_made_longer_is_read_ahead_without_a_failure()
    {
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", Remote), readAhead: 20_000);
        var handle = await world.OpenAsync("/raw");
        var more = FakeSource.Pattern(29_500, 2);
        await world.WriteAsync(handle, Remote.Length, more);
        await world.CloseAsync(handle);
        var read = await world.ReadAllAsync("/raw");
        Assert.Equal([.. Remote, .. more], read);
        Assert.Empty(world.World.Logs.Warnings);
    }

    [Fact]
    public async Task A_copy_that_is_ended_half_way_answers_what_was_copied()
    {
        var remote = FakeSource.Pattern(3 << 20);
        await using var world = await WriteWorld.StartAsync(source => source.Put("/raw", remote));
        var from = await world.OpenAsync("/raw", OpenIntent.Read);
        var to = await world.CreateAsync("/copy");
        await world.World.ReadAsync(from, 0, 1 << 20);
        using var end = new CancellationTokenSource();
        var waits = new TaskCompletionSource();
        world.Source.Delay = cancel =>
        {
            waits.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        };
        var copying = world.Files.CopyRangeAsync(from, 0, to, 0, 3 << 20, end.Token).AsTask();
        await waits.Task;
        await end.CancelAsync();
        var copied = await copying;
        Assert.Equal((FileSystemError.None, 1L << 20), (copied.Error, copied.Value));
        world.Source.Delay = _ => Task.CompletedTask;
        world.Files.Release(from);
        await world.CloseAsync(to);
        Assert.True((await world.ReadAllAsync("/copy")).SequenceEqual(remote.Take(1 << 20)));
    }
}
