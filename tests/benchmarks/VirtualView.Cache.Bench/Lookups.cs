using System.Diagnostics;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Index;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Bench;

/// <summary>How long the index needs to find one of a million blocks.</summary>
internal static class Lookups
{
    private const int Keys = 1_000_000;
    private const int Asked = 200_000;

    public static async Task<double> MicrosecondsAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var index = new BlockIndex(new StoreLayout(folder), IndexSize.For((long)Keys * StoreFolder.Block, StoreFolder.Block), new LinuxDisk(), TimeProvider.System);
        var bytes = new byte[8];
        for (var key = 0; key < Keys; key++) index.Put(Key(key), BlockEntry.Of(Key(key), bytes, source: 0));
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Asked; i++)
            if (await index.FindAsync(Key(i * 7919L % Keys), CancellationToken.None) is null) throw new InvalidOperationException("a key was lost");
        var each = watch.Elapsed.TotalMicroseconds / Asked;
        await index.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        return each;
    }

    private static BlockKey Key(long number) => new((ulong)number >> 10, number & 1023);
}
