namespace VirtualView.Cache.Bench;

/// <summary>The rows, each measured once a round beside its yardstick.</summary>
internal sealed class Measures(string root, int rounds, int mebibytes)
{
    /// <summary>Of the files in each warm measure: long enough that one pause of the machine does not decide it.</summary>
    private const int Passes = 4;

    private readonly byte[] _block = RandomBlock();

    public async Task<IReadOnlyList<Row>> RunAsync()
    {
        var one = new Row("one reader, warm", "MiB/s", 0.85);
        var oneVerified = new Row("one reader, warm, verifying every read", "MiB/s", 0.85);
        var four = new Row("four readers, warm", "MiB/s", 0.75);
        var fourVerified = new Row("four readers, warm, verifying every read", "MiB/s", 0.55);
        var cold = new Row("one reader, cold (page cache dropped, first use: proved)", "MiB/s", 0.90);
        var put = new Row("durable put against pwrite and fsync", "MiB/s", 0.75);
        var lookup = new Row("index lookup", "us", 3);
        var garbage = new Row("managed bytes in 100,000 hits", "B", 0);
        using var folder = new StoreFolder(Path.Combine(root, "read"), versions: 4, (long)mebibytes << 20);
        await folder.FillAsync(_block);
        await PutAsync(); // unmeasured: the runtime compiles its way
        for (var round = 0; round < rounds; round++)
        {
            await ReadAsync(folder, verify: false, one, four, cold);
            await ReadAsync(folder, verify: true, oneVerified, fourVerified, cold: null);
            put.Add(await PutAsync(), Write());
            await HitsAsync(folder, lookup, garbage);
            Console.Error.WriteLine($"round {round + 1} of {rounds}");
        }

        return [one, oneVerified, four, fourVerified, cold, put, lookup, garbage];
    }

    private static async Task ReadAsync(StoreFolder folder, bool verify, Row one, Row four, Row? cold)
    {
        await using var store = await folder.OpenAsync(verify);
        var files = folder.Files().Select(path => File.OpenHandle(path)).ToArray();
        if (cold is not null)
        {
            foreach (var file in files) Native.Forget(file);
            var ours = Readers.Ours(store, folder, readers: 1, passes: 1);
            foreach (var file in files) Native.Forget(file);
            cold.Add(ours, Readers.Plain(files, folder, readers: 1, passes: 1));
        }

        // Once unmeasured: all is proved and in memory.
        for (var version = 0; version < 2; version++)
        {
            Readers.Ours(store, folder, readers: folder.Versions, passes: 1);
            Readers.Plain(files, folder, readers: folder.Versions, passes: 1);
        }

        one.Add(Readers.Ours(store, folder, readers: 1, Passes), Readers.Plain(files, folder, readers: 1, Passes));
        four.Add(Readers.Ours(store, folder, readers: 4, Passes), Readers.Plain(files, folder, readers: 4, Passes));
        foreach (var file in files) file.Dispose();
    }

    private static async Task HitsAsync(StoreFolder folder, Row lookup, Row garbage)
    {
        const int hits = 100_000;
        await using (var store = await folder.OpenAsync(verifyAlways: false))
        {
            Readers.Ours(store, folder, readers: 1, passes: 1);
            var buffer = new byte[4096];
            using var payload = store.Open(StoreFolder.Identity(0, folder.BytesEach));
            garbage.Add(Allocated(() =>
            {
                for (var i = 0; i < hits; i++) payload.TryRead(i * 4096L % folder.BytesEach, buffer);
            }));
        }

        lookup.Add(await Lookups.MicrosecondsAsync(Path.Combine(folder.Root, "lookups")));
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] RandomBlock()
    {
        var block = new byte[StoreFolder.Block];
        new Random(1).NextBytes(block);
        return block;
    }

    private async Task<Measure> PutAsync()
    {
        using var folder = new StoreFolder(Path.Combine(root, "put"), versions: 1, (long)mebibytes << 20);
        await using var store = await folder.OpenAsync(verifyAlways: false);
        return await Measure.OfAsync(mebibytes, async () =>
        {
            await folder.PutAsync(store, 0, _block);
            await store.CheckpointAsync(CancellationToken.None);
        });
    }

    private Measure Write()
    {
        var path = Path.Combine(root, "plain");
        var rate = Measure.Of(mebibytes, () =>
        {
            using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
            for (var offset = 0L; offset < (long)mebibytes << 20; offset += _block.Length) Native.Write(file, _block, offset);
            Native.Sync(file);
        });
        File.Delete(path);
        return rate;
    }
}
