using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Cache;
using VirtualView.Cache.Tests.Support;
using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;

// Arguments: folder, seed, versions, blocks a version, capacity in blocks. Says "ready" once, then works until it is killed.
const int block = 64 << 10;
var random = new Random(int.Parse(args[1]));
var (versions, blocks, capacity) = (int.Parse(args[2]), int.Parse(args[3]), int.Parse(args[4]));
var options = new BlockStoreOptions
{
    Folder = args[0],
    CapacityBytes = (long)capacity * block,
    BlockSizeBytes = block,
    MinFreeBytes = 0,
    CheckpointInterval = TimeSpan.FromMilliseconds(30),
    TableCheckpointInterval = TimeSpan.FromMilliseconds(200),
};
await using var store = await BlockStore.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
Console.WriteLine("ready");
while (true)
{
    var version = Content.Version(random.Next(versions));
    using var payload = store.Open(new PayloadIdentity(version, (long)blocks * block));
    for (var i = 0; i < 8; i++)
    {
        var at = random.Next(blocks);
        await payload.PutAsync(at, Content.Bytes(version, (long)at * block, block), new SourceId(Guid.Empty), CancellationToken.None);
    }

    if (random.Next(50) == 0) store.Drop(version);
}
