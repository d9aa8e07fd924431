using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Engine.Overlay.Content;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.Overlay;

/// <summary>A file into which only what it held was written, though nobody had read that, ends as the sources' file.</summary>
public sealed class UnchangedFilesTests
{
    private static readonly byte[] Remote = FakeSource.Pattern(300_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_written_and_changes_nothing_leaves_nothing_behind(bool killed)
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw", 5000, 300);
        await WriteAsync(world, "/d/raw", 290_000, 10_000);
        Assert.NotNull(At(world, "/d/raw"));
        if (killed) await world.KillAsync();
        await TakenBackAsync(world, "/d/raw");
        Assert.Equal(1000, (await world.StatAsync("/d/raw")).ModifiedAt.Nanoseconds / 1_000_000_000);
        Assert.Equal(Remote, await world.ReadAllAsync("/d/raw"));
        await world.RestartAsync();
        Assert.Empty(world.World.Engine.LocalChanges!.Below(VirtualPath.Root));
        await world.World.Written.DeleteNowAsync();
        Assert.Empty(world.World.Written.Ids);
        world.Source.Remove("/d/raw");
        world.Source.Remove("/d");
        await world.World.Engine.PollAsync(acceptDeletions: true, TestWorld.Cancel);
        Assert.Equal("other", await world.ListAsync("/"));
    }

    [Theory]
    [InlineData("byte")]
    [InlineData("mode")]
    [InlineData("time")]
    [InlineData("attribute")]
    [InlineData("link")]
    [InlineData("rename")]
    [InlineData("cut")]
    [InlineData("longer")]
    [InlineData("large")]
    [InlineData("open")]
    public async Task What_differs_in_anything_stays(string how)
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw", 5000, 300);
        HandleId? open = null;
        switch (how)
        {
            case "byte":
                open = await world.OpenAsync("/d/raw");
                await world.WriteAsync(open.Value, 5299, [(byte)(Remote[5299] + 1)]);
                await world.CloseAsync(open.Value);
                break;
            case "mode":
                await world.SetAsync("/d/raw", new AttributeChange { Mode = 0b110_000_000 });
                break;
            case "time":
                await world.SetAsync("/d/raw", new AttributeChange { ModifiedAt = TimeChange.To(new(5)) });
                break;
            case "attribute":
                await world.Files.SetExtendedAttributeAsync(await world.NodeAsync("/d/raw"), "user.a"u8.ToArray(), "b"u8.ToArray(), SetAttributeMode.Either, TestWorld.Cancel);
                break;
            case "link":
                await world.LinkAsync("/d/raw", "/d/second");
                break;
            case "rename":
                await world.RenameAsync("/d/raw", "/d/moved");
                break;
            case "cut":
                await world.SetAsync("/d/raw", new AttributeChange { SizeBytes = 299_999 });
                break;
            case "longer":
                await world.SetAsync("/d/raw", new AttributeChange { SizeBytes = 300_001 });
                break;
            case "large":
                for (var at = 0; at < 140; at++) await WriteAsync(world, "/d/raw", at * 2000, 10);
                break;
            default:
                open = await world.OpenAsync("/d/raw");
                break;
        }

        var path = how == "rename" ? "/d/moved" : "/d/raw";
        await PassAsync(world);
        Assert.NotNull(At(world, path));
        if (how == "open") await world.CloseAsync(open!.Value);
        await world.RestartAsync();
        if (how == "open") await TakenBackAsync(world, path);
        else await PassAsync(world);
        Assert.Equal(how != "open", At(world, path) is not null);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_asked_again_later()
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw", 5000, 300);
        world.Source.Failure = new SourceError(SourceErrorKind.Unreachable, "no route");
        var before = world.Source.Reads.Count;
        await Eventually.TrueAsync(() =>
        {
            world.World.Clock.Advance(UnchangedFiles.Pause);
            return world.Source.Reads.Count > before;
        });
        Assert.NotNull(At(world, "/d/raw"));
        world.Source.Failure = null;
        await TakenBackAsync(world, "/d/raw");
    }

    /// <summary>The source answers only when the test lets it: between, the file is opened and something else is written.</summary>
    [Theory]
    [InlineData("write")]
    [InlineData("write and close")]
    [InlineData("open")]
    [InlineData("rename")]
    [InlineData("unlink")]
    [InlineData("discard")]
    [InlineData("kill")]
    public async Task What_happens_while_it_is_compared_is_not_lost(string what)
    {
        await using var world = await StartAsync();
        await WriteAsync(world, "/d/raw", 5000, 300);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Source.PieceBytes = 100; // no block is whole at the first pause
        world.Source.Pause = _ =>
        {
            asked.TrySetResult();
            return answer.Task;
        };
        await Eventually.TrueAsync(() =>
        {
            world.World.Clock.Advance(UnchangedFiles.Pause);
            return asked.Task.IsCompleted;
        });
        byte[] expected = [.. Remote];
        HandleId? handle = null;
        switch (what)
        {
            case "write" or "write and close":
                handle = await world.OpenAsync("/d/raw");
                Assert.Equal(FileSystemError.None, await world.WriteAsync(handle.Value, 5000, [1, 2, 3]));
                (expected[5000], expected[5001], expected[5002]) = (1, 2, 3);
                if (what == "write") break;
                await world.CloseAsync(handle.Value);
                handle = null;
                break;
            case "open":
                handle = await world.OpenAsync("/d/raw");
                break;
            case "rename":
                Assert.Equal(FileSystemError.None, await world.RenameAsync("/d/raw", "/d/moved"));
                break;
            case "unlink":
                Assert.Equal(FileSystemError.None, await world.UnlinkAsync("/d/raw"));
                break;
            case "discard":
                Assert.Equal(FileSystemError.None, world.World.Engine.Discard(VirtualPath.Parse("/d/raw")));
                break;
            default:
                answer.TrySetResult();
                world.Source.Pause = _ => Task.CompletedTask;
                await world.KillAsync();
                break;
        }

        answer.TrySetResult();
        world.Source.Pause = _ => Task.CompletedTask;
        await PassAsync(world);
        if (handle is { } open)
        {
            Assert.Equal(expected, await world.ReadAllAsync(open));
            await world.CloseAsync(open);
        }

        if (what == "unlink") Assert.Equal(FileSystemError.NotFound, await world.ErrorAsync("/d/raw"));
        else Assert.Equal(expected, await world.ReadAllAsync(what == "rename" ? "/d/moved" : "/d/raw"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Whatever_is_done_to_a_file_it_holds_what_was_written_and_is_local_in_the_end_only_if_that_differs(int seed)
    {
        var random = new Random(seed);
        await using var world = await StartAsync();
        byte[] content = [.. Remote];
        var (handles, isMarked) = (new List<HandleId>(), false);
        for (var step = 0; step < 150; step++)
        {
            switch (random.Next(8))
            {
                case 0 when handles.Count < 3:
                    handles.Add(await world.OpenAsync("/d/raw"));
                    break;
                case 1 or 2 when handles.Count > 0:
                    var (at, length) = (random.Next(content.Length - 50), random.Next(1, 50));
                    var bytes = Remote[at..(at + length)];
                    if (random.Next(4) == 0) bytes[0] ^= 1;
                    Assert.Equal(FileSystemError.None, await world.WriteAsync(handles[random.Next(handles.Count)], at, bytes));
                    bytes.CopyTo(content, at);
                    break;
                case 3 or 4 when handles.Count > 0:
                    await world.CloseAsync(handles[0]);
                    handles.RemoveAt(0);
                    break;
                case 5 when handles.Count > 0:
                    Remote.AsSpan(0, 2000).CopyTo(content);
                    await world.WriteAsync(handles[0], 0, Remote[..2000]);
                    break;
                case 6:
                    world.World.Clock.Advance(UnchangedFiles.Pause);
                    break;
                case 7 when handles.Count == 0 && random.Next(3) == 0:
                    if (random.Next(2) == 0) await world.RestartAsync();
                    else await world.KillAsync();
                    break;
                case 7 when seed == 5 && random.Next(10) == 0:
                    isMarked = true;
                    await world.SetAsync("/d/raw", new AttributeChange { Mode = 0b111_000_000 });
                    break;
            }

            if (handles.Count > 0 && random.Next(4) == 0) Assert.Equal(content, await world.ReadAllAsync(handles[^1]));
        }

        foreach (var handle in handles) await world.CloseAsync(handle);
        var differs = isMarked || !content.AsSpan().SequenceEqual(Remote);
        if (!differs) await TakenBackAsync(world, "/d/raw");
        else await PassAsync(world);
        Assert.Equal(content, await world.ReadAllAsync("/d/raw"));
        Assert.Equal(differs, At(world, "/d/raw") is not null);
    }

    private static Task<WriteWorld> StartAsync() => WriteWorld.StartAsync(source =>
    {
        source.Put("/d/raw", Remote);
        source.Put("/other", Remote);
    });

    private static async Task WriteAsync(WriteWorld world, string path, int at, int length)
    {
        var handle = await world.OpenAsync(path);
        Assert.Equal(FileSystemError.None, await world.WriteAsync(handle, at, Remote[at..(at + length)]));
        await world.CloseAsync(handle);
    }

    private static Task TakenBackAsync(WriteWorld world, string path) => Eventually.TrueAsync(() =>
    {
        world.World.Clock.Advance(UnchangedFiles.Pause);
        return At(world, path) is null;
    });

    /// <summary>Another file is taken back meanwhile: so all before it was looked at.</summary>
    private static async Task PassAsync(WriteWorld world)
    {
        await WriteAsync(world, "/other", 100, 100);
        await TakenBackAsync(world, "/other");
    }

    private static LocalChange? At(WriteWorld world, string path) => world.World.Engine.LocalChanges!.At(VirtualPath.Parse(path));
}
