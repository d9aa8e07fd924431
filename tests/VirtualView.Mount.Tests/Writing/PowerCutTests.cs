using VirtualView.Core.Paths;
using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>
/// The power goes while the view is written: what a sync acknowledged is there afterwards, all else is whole or not at all,
/// and the view can be mounted. Needs root and loop devices.
/// </summary>
[Trait("Needs", "fuse")]
[Trait("Needs", "root")]
public sealed class PowerCutTests
{
    private static readonly string Programs = Path.Combine(RepositoryFolder.Path, "tests", "python", "powercut");

    [Fact]
    public Task What_was_synced_in_the_view_survives_a_power_cut_and_nothing_is_half_done() => CutAsync(seed: 1, steps: 150, cuts: 6);

    [Theory]
    [Trait("Duration", "long")]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public Task Power_cuts_at_any_moment_lose_nothing_that_was_synced(int seed) => CutAsync(seed, steps: 400, cuts: 40);

    private static async Task CutAsync(int seed, int steps, int cuts)
    {
        await using var disk = await RecordedDisk.MountAsync();
        using var work = new HostFolder();
        using var source = new HostFolder();
        Fill(source);
        var history = Path.Combine(work.Path, "history.json");
        long began, ended;
        await using (var view = await WrittenView.MountAsync(disk.Folder, source))
        {
            began = new FileInfo(disk.Recording).Length;
            await PowerCutAsync("run", view.MountPoint, disk.Recording, history, $"{seed}", $"{steps}");
            ended = new FileInfo(disk.Recording).Length;
            await view.StopAsync();
        }

        var random = new Random(seed);
        for (var cut = 0; cut < cuts; cut++)
        {
            var (position, order) = (random.NextInt64(began, ended + 1), random.Next());
            await disk.CutAsync(position, order, async folder =>
            {
                await using var after = await WrittenView.MountAsync(folder, source);
                await PowerCutAsync("check", after.MountPoint, history, $"{position}");
                await after.StopAsync();
            });
        }
    }

    private static void Fill(HostFolder source)
    {
        source.PutFile(VirtualPath.Parse("/remote/n0"), new byte[20 * 512].Select((_, at) => (byte)(201 + (at / 512))).ToArray(), Remote.Aged);
        source.PutFile(VirtualPath.Parse("/n1"), new byte[8 * 512].Select((_, at) => (byte)(221 + (at / 512))).ToArray(), Remote.Aged);
    }

    private static async Task PowerCutAsync(params string[] words)
    {
        var result = await Command.RunAsync("/usr/bin/python3", ["-B", Programs, .. words]);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', words)}: {result.Output}{result.Error}");
    }
}
