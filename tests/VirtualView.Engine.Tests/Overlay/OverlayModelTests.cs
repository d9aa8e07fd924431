using CsCheck;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;
using VirtualView.Engine.Tests.World;
using VirtualView.Testing;

namespace VirtualView.Engine.Tests.Overlay;

/// <summary>Histories of writing over remote files and directories, with restarts and deaths, against a plain model.</summary>
[Trait("Duration", "medium")]
public sealed class OverlayModelTests
{
    private static readonly string[] Paths =
    [
        "/a", "/b", "/d", "/d/a", "/d/b", "/d/e", "/d/e/a", "/d/e/b", "/f", "/f/a", "/f/g", "/f/g/a",
    ];

    private static readonly (string Path, int Length)[] Remote = [("/a", 2500), ("/d/a", 3500), ("/d/e/a", 700), ("/d/e/b", 0), ("/f/g/a", 1000)];

    private static readonly Gen<ModelStep[]> Histories =
        Gen.Select(Gen.Enum<ModelAction>(), Gen.Int[0, Paths.Length - 1], Gen.Int[0, Paths.Length - 1], Gen.Int[0, 3600], Gen.Int[1, 1200])
            .Select(step => new ModelStep(step.Item1, step.Item2, step.Item3, step.Item4, step.Item5))
            .Array[1, 40];

    [Fact]
    public async Task Any_history_of_writing_looks_like_that_of_a_plain_file_system() =>
        await Histories.SampleAsync(CheckAsync, print: steps => string.Join(", ", steps.Select(Show)), iter: PropertyRuns.Of(300), threads: 2);

    private static string Show(ModelStep step) => $"{step.Action} {Paths[step.Path]} {Paths[step.Other]} {step.Offset} {step.Length}";

    private static async Task CheckAsync(ModelStep[] steps)
    {
        var model = new ReferenceModel();
        await using var world = await WriteWorld.StartAsync(source =>
        {
            foreach (var (path, length) in Remote) model.Put(path, (byte[])source.Put(path, FakeSource.Pattern(length, length + 1)).Clone());
        });
        for (var at = 0; at < steps.Length; at++) await RunAsync(world, model, steps[at], seed: at);
        await AssertSameAsync(world, model, "");
        await world.RestartAsync();
        await AssertSameAsync(world, model, "");
    }

    private static async Task RunAsync(WriteWorld world, ReferenceModel model, ModelStep step, int seed)
    {
        var (path, other) = (Paths[step.Path], Paths[step.Other]);
        if (model.Split(path).Directory is null) return;
        switch (step.Action)
        {
            case ModelAction.Create:
                if (model.Add(path, new ModelNode()) == FileSystemError.None) await world.CloseAsync(await world.CreateAsync(path));
                break;
            case ModelAction.MakeDirectory:
                Assert.Equal(model.Add(path, ModelNode.Directory()), await world.MakeDirectoryAsync(path));
                break;
            case ModelAction.Unlink:
                Assert.Equal(model.Unlink(path), await world.UnlinkAsync(path));
                break;
            case ModelAction.RemoveDirectory:
                Assert.Equal(model.RemoveDirectory(path), await world.RemoveDirectoryAsync(path));
                break;
            case ModelAction.Rename or ModelAction.RenameNoReplace or ModelAction.Exchange:
                if (model.Split(other).Directory is null) break;
                var mode = step.Action switch
                {
                    ModelAction.Rename => RenameMode.Replace,
                    ModelAction.RenameNoReplace => RenameMode.NoReplace,
                    _ => RenameMode.Exchange,
                };
                Assert.Equal(model.Rename(path, other, mode), await world.RenameAsync(path, other, mode));
                break;
            case ModelAction.Link:
                if (model.Find(path) is not { IsDirectory: false } linked || model.Split(other).Directory is null) break;
                Assert.Equal(model.Add(other, linked), await world.LinkAsync(path, other));
                break;
            case ModelAction.Restart:
                await world.RestartAsync();
                break;
            case ModelAction.Kill:
                await world.KillAsync();
                break;
            default:
                if (model.Find(path) is { IsDirectory: false } file) await ChangeAsync(world, model, file, path, step, seed);
                break;
        }
    }

    private static async Task ChangeAsync(WriteWorld world, ReferenceModel model, ModelNode file, string path, ModelStep step, int seed)
    {
        var handle = await world.OpenAsync(path, step.Action == ModelAction.Empty ? OpenIntent.Write | OpenIntent.Truncate : OpenIntent.Read | OpenIntent.Write);
        var bytes = FakeSource.Pattern(step.Length, seed);
        switch (step.Action)
        {
            case ModelAction.Write:
                Assert.Equal(FileSystemError.None, await world.WriteAsync(handle, step.Offset, bytes));
                Put(file, step.Offset, bytes);
                break;
            case ModelAction.WriteWhatIsThere when file.Bytes.Length > 0:
                var from = step.Offset % file.Bytes.Length;
                var same = file.Bytes[from..Math.Min(file.Bytes.Length, from + step.Length)];
                Assert.Equal(FileSystemError.None, await world.WriteAsync(handle, from, same));
                break;
            case ModelAction.Truncate:
                Assert.Equal(FileSystemError.None, await world.SetAsync(path, new AttributeChange { SizeBytes = step.Offset }));
                Resize(file, step.Offset);
                break;
            case ModelAction.Empty:
                Resize(file, 0);
                break;
            case ModelAction.PunchHole or ModelAction.Zero:
                var punches = step.Action == ModelAction.PunchHole;
                var allocate = punches ? AllocateMode.PunchHole : AllocateMode.Zero;
                Assert.Equal(FileSystemError.None, await world.Files.AllocateAsync(handle, allocate, step.Offset, step.Length, TestWorld.Cancel));
                Put(file, step.Offset, punches ? new byte[Math.Clamp(file.Bytes.Length - step.Offset, 0, step.Length)] : new byte[step.Length]);
                break;
            case ModelAction.CopyRange when model.Find(Paths[step.Other]) is { IsDirectory: false } source && source != file:
                var copied = await world.OpenAsync(Paths[step.Other], OpenIntent.Read);
                var outcome = await world.Files.CopyRangeAsync(copied, 0, handle, step.Offset, step.Length, TestWorld.Cancel);
                var part = source.Bytes[..Math.Min(source.Bytes.Length, step.Length)];
                Assert.Equal(part.Length, outcome.Value);
                Put(file, step.Offset, part);
                world.Files.Release(copied);
                break;
            case ModelAction.OpenAndUnlink:
                var content = file.Bytes;
                Assert.Equal(model.Unlink(path), await world.UnlinkAsync(path));
                Assert.Equal(content, await world.ReadAllAsync(handle));
                break;
        }

        await world.CloseAsync(handle);
    }

    private static void Put(ModelNode file, int offset, byte[] bytes)
    {
        if (bytes.Length == 0) return;
        if (offset + bytes.Length > file.Bytes.Length) Resize(file, offset + bytes.Length);
        bytes.CopyTo(file.Bytes, offset);
    }

    private static void Resize(ModelNode file, int length)
    {
        var bytes = file.Bytes;
        Array.Resize(ref bytes, length);
        file.Bytes = bytes;
    }

    private static async Task AssertSameAsync(WriteWorld world, ReferenceModel model, string path)
    {
        var node = model.Find(path)!;
        var stat = path.Length == 0 ? await world.StatAsync("/") : await world.StatAsync(path);
        Assert.Equal(node.IsDirectory ? EntryKind.Directory : EntryKind.File, stat.Kind);
        if (!node.IsDirectory)
        {
            Assert.Equal(node.Bytes.Length, stat.SizeBytes);
            Assert.Equal(node.Bytes, await world.ReadAllAsync(path));
            return;
        }

        Assert.Equal(string.Join(' ', node.Names!.Keys), await world.ListAsync(path.Length == 0 ? "/" : path));
        foreach (var name in node.Names.Keys) await AssertSameAsync(world, model, $"{path}/{name}");
    }
}
