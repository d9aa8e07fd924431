using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;
using VirtualView.Simulation.Disk;
using VirtualView.Simulation.History;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Tests.Disk;

public sealed class SimulatedDiskTests
{
    private const int BlockSize = 4096;

    private static readonly PayloadIdentity Identity = new(new VersionId(7), 40 * BlockSize);

    private readonly SeededScheduler _scheduler = new(1);
    private readonly SimulatedDisk _disk = new(BlockSize, 30, SeededRandom.For(1, "disk"));

    [Fact]
    public void A_crash_keeps_what_was_checkpointed_and_a_part_of_the_rest() => _scheduler.Run(async () =>
    {
        var store = Store();
        using var payload = store.Open(Identity);
        for (var block = 0; block < 10; block++) await PutAsync(payload, block);
        await store.CheckpointAsync(CancellationToken.None);
        for (var block = 10; block < 30; block++) await PutAsync(payload, block);
        _disk.Crash();
        using var after = Store().Open(Identity);
        Assert.All(Enumerable.Range(0, 10), block => Assert.True(after.Has(block)));
        Assert.InRange(Enumerable.Range(10, 20).Count(block => after.Has(block)), 1, 19);
    });

    [Fact]
    public void The_quota_is_kept_by_eviction() => _scheduler.Run(async () =>
    {
        using var payload = Store().Open(Identity);
        for (var block = 0; block < 40; block++) Assert.Equal(PutOutcome.Stored, await PutAsync(payload, block));
        Assert.Equal(30, _disk.Blocks);
        Assert.Equal(10, _disk.Evicted);
    });

    [Fact]
    public void A_damaged_block_is_a_miss_and_gone() => _scheduler.Run(async () =>
    {
        var store = Store();
        using var payload = store.Open(Identity);
        await PutAsync(payload, 3);
        _disk.Damage(1);
        Assert.Equal(BlockRead.Miss, await payload.ReadAsync(3 * BlockSize, new byte[10], CancellationToken.None));
        Assert.False(payload.Has(3));
        Assert.Equal(1, store.Status().Damaged);
    });

    [Fact]
    public void A_full_disk_refuses_and_loses_nothing() => _scheduler.Run(async () =>
    {
        using var payload = Store().Open(Identity);
        await PutAsync(payload, 0);
        _disk.Faults = DiskFaults.Full;
        Assert.Equal(PutOutcome.NoRoom, await PutAsync(payload, 1));
        Assert.Equal(PutOutcome.Present, await PutAsync(payload, 0));
    });

    [Fact]
    public void The_bytes_of_a_put_are_taken_late_so_that_a_buffer_given_away_too_early_shows() => _scheduler.Run(async () =>
    {
        using var payload = Store().Open(Identity);
        var spoilt = 0;
        for (var block = 0; block < 20; block++)
        {
            var bytes = new byte[BlockSize];
            var put = payload.PutAsync(block, bytes, default, CancellationToken.None).AsTask();
            bytes.AsSpan().Fill(9);
            await put;
            var read = new byte[1];
            Assert.Equal(BlockRead.Hit, await payload.ReadAsync(block * BlockSize, read, CancellationToken.None));
            spoilt += read[0] == 9 ? 1 : 0;
        }

        Assert.InRange(spoilt, 5, 19);
    });

    [Fact]
    public void A_dropped_version_stays_for_those_who_hold_it_and_no_longer() => _scheduler.Run(async () =>
    {
        var store = Store();
        var payload = store.Open(Identity);
        await PutAsync(payload, 0);
        store.Drop(Identity.Version);
        Assert.True(payload.Has(0));
        payload.Dispose();
        using var again = store.Open(Identity);
        Assert.False(again.Has(0));
    });

    private static ValueTask<PutOutcome> PutAsync(IPayload payload, long block) =>
        payload.PutAsync(block, new byte[BlockSize], default, CancellationToken.None);

    private SimulatedBlockStore Store()
    {
        var life = new Life(1, _scheduler.Clock);
        return new SimulatedBlockStore(_disk, life, new HistoryRecorder([], life));
    }
}
