using Microsoft.Win32.SafeHandles;
using VirtualView.Core.Blocks;

namespace VirtualView.Cache.Bench;

/// <summary>Reads whole versions block by block, each reader its own, and says how many MiB a second that is.</summary>
internal static class Readers
{
    public static Measure Ours(BlockStore store, StoreFolder folder, int readers, int passes) => Run(readers, passes, folder, version =>
    {
        var buffer = Buffer();
        using var payload = store.Open(StoreFolder.Identity(version, folder.BytesEach));
        for (var pass = 0; pass < passes; pass++)
        for (var offset = 0L; offset < folder.BytesEach; offset += buffer.Length)
        {
            var read = payload.TryRead(offset, buffer);
            if (read == BlockRead.WouldBlock) read = Wait(payload.ReadAsync(offset, buffer, CancellationToken.None));
            if (read != BlockRead.Hit) throw new InvalidOperationException("what was put was not there");
        }
    });

    public static Measure Plain(SafeFileHandle[] files, StoreFolder folder, int readers, int passes) => Run(readers, passes, folder, version =>
    {
        var buffer = Buffer();
        for (var pass = 0; pass < passes; pass++)
        for (var offset = 0L; offset < folder.BytesEach; offset += buffer.Length) Native.Read(files[version], buffer, offset);
    });

    // Touched before, on memory of its own: the first touch of each page is no part of a read.
    private static byte[] Buffer() => GC.AllocateArray<byte>(StoreFolder.Block);

    // A reader thread of the kernel's requests waits the same way for what it handed to the pool.
    private static BlockRead Wait(ValueTask<BlockRead> read) => read.IsCompleted ? read.GetAwaiter().GetResult() : read.AsTask().GetAwaiter().GetResult();

    private static Measure Run(int readers, int passes, StoreFolder folder, Action<int> read)
    {
        var threads = Enumerable.Range(0, readers).Select(reader => new Thread(() => read(reader % folder.Versions))).ToArray();
        return Measure.Of((double)passes * readers * folder.BytesEach / (1 << 20), () =>
        {
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
        });
    }
}
