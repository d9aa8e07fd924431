using CsCheck;
using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;

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
        await Histories.SampleAsync(steps => AgreesAsync(steps, capacityBlocks), iter: 40, threads: 2);

    private static async Task<bool> AgreesAsync(Step[] steps, int capacityBlocks)
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
                    if (store.Status().OpenedFrom is "salvaged" or "empty") return false;
                    continue;
                }

                using var payload = store.OpenBlocks(version, Blocks);
                var isThere = payload.Has(block);
                if (isThere && !model.Contains((version, block))) return false;
                if (isRoomy && isThere != model.Contains((version, block))) return false;
                switch (what)
                {
                    case What.Put:
                        var outcome = await payload.PutRightAsync(block);
                        if (outcome != (isThere ? PutOutcome.Present : PutOutcome.Stored)) return false;
                        model.Add((version, block));
                        break;
                    case What.Read:
                        if (await payload.HitsBlockAsync(block) != isThere) return false;
                        break;
                    case What.Drop:
                        store.Drop(Content.Version(version));
                        model.RemoveWhere(key => key.Item1 == version);
                        break;
                    case What.Checkpoint:
                        await store.CheckpointAsync(TestContext.Current.CancellationToken);
                        break;
                }

                if (store.Status().UsedBytes > (long)capacityBlocks * TestFolder.Block) return false;
            }

            return store.Status().Damaged == 0;
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
