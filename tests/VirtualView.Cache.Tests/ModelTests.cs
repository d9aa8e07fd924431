using CsCheck;
using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;
using VirtualView.Testing;

namespace VirtualView.Cache.Tests;

/// <summary>The store against a set of (version, block): what the store has was put and not dropped; what fits is never lost.</summary>
public sealed class ModelTests
{
    private const int Versions = 4;
    private const int Blocks = 6;

    private static readonly Gen<Step[]> Histories =
        Gen.Select(Gen.Frequency((12, Gen.Const(What.Put)), (8, Gen.Const(What.Read)), (2, Gen.Const(What.Drop)), (1, Gen.Const(What.Reopen)), (1, Gen.Const(What.Checkpoint))),
                Gen.Int[0, Versions - 1], Gen.Int[0, Blocks - 1], (what, version, block) => new Step(what, version, block))
            .Array[10, 80];

    private enum What
    {
        Put,
        Read,
        Drop,
        Reopen,
        Checkpoint,
    }

    [Theory]
    [InlineData(Versions * Blocks)]
    [InlineData(5)]
    public async Task Any_history_of_operations_agrees_with_the_model(int capacityBlocks) =>
        await Histories.SampleAsync(steps => CheckAsync(steps, capacityBlocks), print: steps => string.Join(' ', steps.Select(step => $"{step.Kind}{step.Version}{step.Block}")), iter: PropertyRuns.Of(25), threads: 2);

    private static async Task CheckAsync(Step[] steps, int capacityBlocks)
    {
        using var folder = new TestFolder();
        var model = new HashSet<(int, int)>();
        var isRoomy = capacityBlocks == Versions * Blocks;
        var store = await OpenAsync(folder, capacityBlocks);
        try
        {
            foreach (var (what, version, block) in steps)
            {
                if (what == What.Reopen)
                {
                    await store.DisposeAsync();
                    store = await OpenAsync(folder, capacityBlocks);
                    Assert.Equal("checkpoint", store.Status().OpenedFrom);
                    continue;
                }

                using var payload = store.OpenBlocks(version, Blocks);
                var isThere = payload.Has(block);
                var wasPut = model.Contains((version, block));
                Assert.True(isRoomy ? isThere == wasPut : wasPut || !isThere, $"there: {isThere}, put: {wasPut}; {string.Join("; ", folder.Logs.Warnings)}");
                switch (what)
                {
                    case What.Put:
                        Assert.Equal(isThere ? PutOutcome.Present : PutOutcome.Stored, await payload.PutRightAsync(block));
                        model.Add((version, block));
                        break;
                    case What.Read:
                        Assert.Equal(isThere, await payload.HitsBlockAsync(block));
                        break;
                    case What.Drop:
                        store.Drop(Content.Version(version));
                        model.RemoveWhere(key => key.Item1 == version);
                        break;
                    case What.Checkpoint:
                        await store.CheckpointAsync(TestContext.Current.CancellationToken);
                        break;
                }

                Assert.InRange(store.Status().UsedBytes, 0, (long)capacityBlocks * TestFolder.Block);
            }

            Assert.Equal(0, store.Status().Damaged);
        }
        finally
        {
            await store.DisposeAsync();
        }
    }

    private static Task<BlockStore> OpenAsync(TestFolder folder, int capacityBlocks) =>
        folder.OpenAsync(options => options with { CapacityBytes = (long)capacityBlocks * TestFolder.Block });

    private readonly record struct Step(What Kind, int Version, int Block);
}
