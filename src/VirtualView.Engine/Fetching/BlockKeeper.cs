using VirtualView.Core.Versions;
using VirtualView.Engine.Sources;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// Takes over blocks whose bytes are there and proven: brings them to the store, keeps them readable until they are in
/// it, and then gives back the memory that their request took for them.
/// </summary>
internal sealed class BlockKeeper(PinnedVersions pinned, EngineCounters counters, WorkSet work, Budget memory)
{
    /// <param name="mayStore">False for doubtful bytes: those stay with the pinned version, which ends with its handles.</param>
    public void Keep(PinnedVersion version, InflightBlock block, SourceId source, bool mayStore)
    {
        counters.Fetched(block.LengthBytes);
        if (!mayStore)
        {
            version.Blocks.Keep(block);
            memory.Return(block.LengthBytes);
            return;
        }

        pinned.Hold(version);
        if (!work.TryStart("store a block", stop => StoreAsync(version, block, source, stop))) Drop(version, block);
    }

    private async Task StoreAsync(PinnedVersion version, InflightBlock block, SourceId source, CancellationToken stop)
    {
        try
        {
            await version.Payload.PutAsync(block.Number, block.Bytes, source, stop);
        }
        finally
        {
            Drop(version, block);
        }
    }

    private void Drop(PinnedVersion version, InflightBlock block)
    {
        version.Blocks.Retire(block);
        memory.Return(block.LengthBytes);
        pinned.Unpin(version);
    }
}
