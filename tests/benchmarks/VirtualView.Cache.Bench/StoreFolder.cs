using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;

namespace VirtualView.Cache.Bench;

/// <summary>A store with some versions in it, and their payload files.</summary>
internal sealed class StoreFolder(string folder, int versions, long bytesEach) : IDisposable
{
    public const int Block = 256 << 10;

    private static readonly SourceId Source = new(new Guid("7f1c1f6e-0f5a-4d0e-9f6e-3b1f5a0c0d01"));

    public string Root => folder;

    public long BytesEach => bytesEach;

    public int Versions => versions;

    public static PayloadIdentity Identity(int version, long bytes) => new(new VersionId((UInt128)(version + 1) << 64), bytes);

    public Task<BlockStore> OpenAsync(bool verifyAlways) =>
        BlockStore.OpenAsync(
            new BlockStoreOptions { Folder = folder, CapacityBytes = 64L << 30, BlockSizeBytes = Block, MinFreeBytes = 0, VerifyAlways = verifyAlways },
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    public async Task FillAsync(byte[] block)
    {
        await using var store = await OpenAsync(verifyAlways: false);
        for (var version = 0; version < versions; version++) await PutAsync(store, version, block);
    }

    public async Task PutAsync(BlockStore store, int version, byte[] block)
    {
        using var payload = store.Open(Identity(version, bytesEach));
        for (var number = 0; number < bytesEach / Block; number++)
            await payload.PutAsync(number, block, Source, CancellationToken.None);
    }

    public string[] Files() => Directory.GetFiles(Path.Combine(folder, "payloads"), "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
