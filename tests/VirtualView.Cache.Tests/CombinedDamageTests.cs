using CsCheck;
using VirtualView.Cache.Tests.Support;
using VirtualView.Testing;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Cache.Tests;

/// <summary>Several parts of the store damaged at once, in any combination: it opens, and no byte is wrong.</summary>
[Trait("Duration", "medium")]
public sealed class CombinedDamageTests
{
    private const int Versions = 3;
    private const int Blocks = 6;

    private static readonly Gen<Damage[]> Damages =
        Gen.Select(Gen.Enum<Part>(), Gen.Enum<How>(), Gen.Int[0, 1 << 20], (part, how, at) => new Damage(part, how, at))
            .Array[1, 6];

    private enum Part
    {
        Payload,
        Log,
        LogCheckpoint,
        TableCheckpoint,
        Seal,
        Format,
        Sources,
    }

    private enum How
    {
        Flip,
        FlipMany,
        Cut,
        Grow,
        Zero,
        Delete,
        DeleteFolder,
        Exchange,
        MakeFolder,
        MakePipe,
        LinkToNowhere,
        ForbidAll,
    }

    [Fact]
    public async Task Any_damage_to_any_parts_costs_blocks_but_never_a_wrong_byte_nor_the_start()
    {
        using var sound = new TestFolder();
        for (var life = 0; life < 2; life++)
        {
            // Two lives, so that two tables and several logs are there to be damaged.
            await using var store = await sound.OpenAsync();
            await PutAsync(store, life);
            await PutAsync(store, 2);
        }

        await Damages.SampleAsync(
            damages => CheckAsync(sound, damages), print: damages => string.Join(' ', damages), iter: PropertyRuns.Of(60), threads: 2);
    }

    private static async Task CheckAsync(TestFolder sound, Damage[] damages)
    {
        using var folder = new TestFolder();
        (await Command.RunAsync("cp", "-a", sound.Path, folder.Path)).Succeeded();
        foreach (var damage in damages) Apply(folder.Path, damage);
        for (var life = 0; life < 2; life++)
        {
            await using var store = await folder.OpenAsync();
            var hits = await store.CountHitsAsync(Versions, Blocks); // fails on a wrong byte
            if (life > 0) Assert.Equal(Versions * Blocks, hits);
            for (var version = 0; version < Versions; version++) await PutAsync(store, version);
            Assert.Equal(Versions * Blocks, await store.CountHitsAsync(Versions, Blocks));
            Assert.Equal((long)Versions * Blocks * TestFolder.Block, store.Status().UsedBytes);
        }
    }

    private static async Task PutAsync(BlockStore store, int version)
    {
        using var payload = store.OpenBlocks(version, Blocks);
        for (var block = 0; block < Blocks; block++) await payload.PutRightAsync(block);
        await store.CheckpointAsync(TestContext.Current.CancellationToken);
    }

    private static void Apply(string root, Damage damage)
    {
        var files = FilesOf(root, damage.Part);
        if (files.Length == 0) return;
        var path = files[damage.At % files.Length];
        var other = files[(damage.At / 7) % files.Length];
        switch (damage.How)
        {
            case How.Delete:
                File.Delete(path);
                break;
            case How.DeleteFolder when damage.Part is not (Part.Format or Part.Sources):
                Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
                break;
            case How.Exchange when path != other:
                File.Move(path, path + ".x");
                File.Move(other, path);
                File.Move(path + ".x", other);
                break;
            case How.MakeFolder:
                Obstacle.Put(ObstacleKind.Folder, path);
                break;
            case How.MakePipe:
                Obstacle.Put(ObstacleKind.Pipe, path);
                break;
            case How.LinkToNowhere:
                Obstacle.Put(ObstacleKind.LinkToNowhere, path);
                break;
            case How.ForbidAll when !OperatingSystem.IsWindows() && Layout.Obstacles.IsFile(path):
                File.SetUnixFileMode(path, UnixFileMode.None);
                break;
            default:
                Change(path, damage);
                break;
        }
    }

    private static void Change(string path, Damage damage)
    {
        if (!Layout.Obstacles.IsFile(path)) return; // another damage put something else there
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var length = Math.Max(1, (int)file.Length);
        var at = damage.At % length;
        var bytes = new byte[Math.Min(damage.How is How.FlipMany or How.Zero ? 4096 : 1, length - at)];
        switch (damage.How)
        {
            case How.Cut:
                file.SetLength(at);
                return;
            case How.Grow:
                file.SetLength(length + damage.At);
                return;
            case How.Zero:
                break;
            default:
                file.Position = at;
                file.ReadExactly(bytes.AsSpan(0, (int)Math.Min(bytes.Length, file.Length - at)));
                for (var i = 0; i < bytes.Length; i++) bytes[i] ^= (byte)(1 + (damage.At % 255));
                break;
        }

        file.Position = at;
        file.Write(bytes);
    }

    private static string[] FilesOf(string root, Part part)
    {
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        var folder = part switch
        {
            Part.Payload => "/payloads/",
            Part.Log => "/index/log.",
            Part.LogCheckpoint => "/cpr-checkpoints/",
            Part.TableCheckpoint => "/index-checkpoints/",
            Part.Seal => "/seals/",
            Part.Format => "/format",
            _ => "/sources",
        };
        return [.. files.Where(file => file.Contains(folder, StringComparison.Ordinal))];
    }

    private readonly record struct Damage(Part Part, How How, int At);
}
