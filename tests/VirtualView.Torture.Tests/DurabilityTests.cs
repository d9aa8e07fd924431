using VirtualView.Core.Crashes;
using VirtualView.Torture.Tests.Daemon;
using VirtualView.Torture.Tests.Keeping;
using VirtualView.Torture.Tests.Kills;

namespace VirtualView.Torture.Tests;

[Trait("Needs", "fuse")]
public sealed class DurabilityTests
{
    private static readonly int[] Kept = [0, 1, 2, 3, 4, 5];
    private static readonly int[] Others = [6, 7];
    private const int Changing = 8;

    /// <summary>Where a death could take the newest checkpoint with it, and null for one out of the blue.</summary>
    private static readonly string?[] Deaths =
    [
        null, CrashPoints.CachePutWritten, CrashPoints.CachePutIndexed, CrashPoints.CacheCheckpointSynced, CrashPoints.CacheCheckpointFolded,
        CrashPoints.CacheSealUnnamed, CrashPoints.CacheSealNamed, CrashPoints.CacheCheckpointSealed, CrashPoints.CacheOpenRestored,
    ];

    [Fact]
    public Task What_a_checkpoint_covers_is_not_fetched_again_after_a_death_in_the_next_one() => RunAsync(null, CrashPoints.CacheSealUnnamed);

    [Fact]
    [Trait("Duration", "long")]
    public Task What_a_checkpoint_covers_is_not_fetched_again_wherever_the_daemon_dies_after_it() => RunAsync(Deaths);

    private static async Task RunAsync(params string?[] deaths)
    {
        await using var world = await TortureWorld.BeginAsync("1 GiB");
        var view = new QuietView(world);
        await using (var first = DaemonLife.Begin(world.Folders))
        {
            await first.MustMountAsync();
            await view.ReadAsync(first, Kept);
            await view.CachedAsync(Kept);
            await view.CheckpointedAsync(first, Others);
            first.Kill();
        }

        var requests = world.Server.Requests().Count;
        foreach (var point in deaths)
        {
            world.Sources.Replace(Changing, isAged: true); // something new to put and to seal
            await using var life = DaemonLife.Begin(world.Folders, point);
            if (await life.IsMountedAsync())
            {
                await view.ReadAsync(life, Kept);
                await view.TryReadAsync(life, Changing);
                if (point is null) life.Kill();
                else if (!life.HasEnded) await life.StopAsync();
            }

            await life.EndedAsync();
            Assert.True(life.WasKilled, $"{point} was not reached");
            Assert.Equal([], view.FetchedSince(requests, Kept));
        }

        await using var last = DaemonLife.Begin(world.Folders);
        await last.MustMountAsync();
        await view.ReadAsync(last, Kept);
        await last.StopAsync();
        Assert.Equal([], view.FetchedSince(requests, Kept));
    }
}
