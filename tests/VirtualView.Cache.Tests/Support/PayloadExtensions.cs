using VirtualView.Core.Blocks;

namespace VirtualView.Cache.Tests.Support;

internal static class PayloadExtensions
{
    public static IPayload OpenBlocks(this IBlockStore store, int version, int blocks) =>
        store.Open(new PayloadIdentity(Content.Version(version), (long)blocks * TestFolder.Block));

    public static int LengthOf(this IPayload payload, long block) =>
        (int)Math.Min(TestFolder.Block, payload.Identity.SizeBytes - (block * TestFolder.Block));

    public static ValueTask<PutOutcome> PutRightAsync(this IPayload payload, long block) =>
        payload.PutAsync(
            block, Content.Bytes(payload.Identity.Version, block * TestFolder.Block, payload.LengthOf(block)), TestFolder.Source,
            TestContext.Current.CancellationToken);

    /// <summary>Reads without and then with waiting. Fails the test on a wrong byte; true on a hit.</summary>
    public static async Task<bool> HitsAsync(this IPayload payload, long offset, int length)
    {
        var bytes = new byte[length];
        var now = payload.TryRead(offset, bytes);
        if (now == BlockRead.WouldBlock) now = await payload.ReadAsync(offset, bytes, TestContext.Current.CancellationToken);
        Assert.NotEqual(BlockRead.WouldBlock, now);
        if (now == BlockRead.Hit) Assert.True(Content.IsRight(payload.Identity.Version, offset, bytes), $"wrong bytes at {offset}");
        return now == BlockRead.Hit;
    }

    public static Task<bool> HitsBlockAsync(this IPayload payload, long block) =>
        payload.HitsAsync(block * TestFolder.Block, payload.LengthOf(block));

    /// <summary>How many of the first blocks of the first versions are there. Fails the test on a wrong byte.</summary>
    public static async Task<int> CountHitsAsync(this IBlockStore store, int versions, int blocks)
    {
        var hits = 0;
        for (var version = 0; version < versions; version++)
        {
            using var payload = store.OpenBlocks(version, blocks);
            for (var block = 0; block < blocks; block++)
                if (await payload.HitsBlockAsync(block)) hits++;
        }

        return hits;
    }
}
