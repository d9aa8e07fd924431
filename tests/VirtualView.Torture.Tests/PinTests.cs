using System.Text.Json;
using VirtualView.Core.Crashes;
using VirtualView.Torture.Tests.Content;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Kills;

namespace VirtualView.Torture.Tests;

[Trait("Needs", "fuse")]
public sealed class PinTests
{
    [Fact]
    public async Task A_pin_that_was_acknowledged_survives_a_kill_and_one_that_was_not_is_there_or_not()
    {
        await using var world = await TortureWorld.BeginAsync();
        var acknowledged = await PinAndDieAsync(world, 0, crashAt: null);
        Assert.True(acknowledged);
        Assert.Equal([PathOf(0)], await PinsAsync(world));

        // Dead between the two steps of the change: the command fails, the rest stays.
        foreach (var (file, point) in new[] { (1, CrashPoints.StateReplaceUnnamed), (2, CrashPoints.StateReplaceNamed) })
        {
            var before = await PinsAsync(world);
            Assert.False(await PinAndDieAsync(world, file, point));
            var after = await PinsAsync(world);
            Assert.Equal(before, after.Except([PathOf(file)]));
        }
    }

    internal static string PathOf(int file) => $"/web/{SourceWorld.PathOf(file)}";

    /// <summary>True when the command said that it is done.</summary>
    internal static async Task<bool> PinAndDieAsync(TortureWorld world, int file, string? crashAt)
    {
        await using var daemon = DaemonLife.Begin(world.Folders, crashAt);
        await daemon.MustMountAsync();
        var said = await daemon.VirtualViewAsync("pin", $"{world.Folders.MountPoint}{PathOf(file)}");
        daemon.Kill();
        await daemon.EndedAsync();
        return said.ExitCode == 0;
    }

    private static async Task<string[]> PinsAsync(TortureWorld world)
    {
        await using var daemon = DaemonLife.Begin(world.Folders);
        await daemon.MustMountAsync();
        await daemon.StopAsync();
        using var pins = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(world.Folders.State, "pins.json"), TestContext.Current.CancellationToken));
        return [.. pins.RootElement.EnumerateArray().Select(rule => rule.GetProperty("Path").GetString()!)];
    }
}
