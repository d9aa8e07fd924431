using System.IO.Hashing;
using System.Text;
using VirtualView.Cache.Disk;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Index;

/// <summary>Seals checkpoints, proves them again, and deletes those that are no longer needed.</summary>
internal sealed class IndexSealer(StoreLayout layout, IDisk disk)
{
    private IndexSeal? _last;

    /// <summary>True when all files of the checkpoint are what they were when they were sealed.</summary>
    public bool IsWhole(IndexSeal seal)
    {
        using var log = new LogPages(layout);
        return log.BeginsEmpty()
            && seal.TableHash == HashFolder(layout.TableCheckpoint(seal.Checkpoint.Table))
            && seal.LogHash == HashFolder(layout.LogCheckpoint(seal.Checkpoint.Log))
            && HashPages(log, seal.Checkpoint, known: null) is { } pages
            && seal.PageHashes.AsSpan().SequenceEqual(pages);
    }

    /// <summary>Goes on from a seal that was proved: its pages are not read again.</summary>
    public void Continue(IndexSeal seal) => _last = seal;

    public void Seal(IndexCheckpoint checkpoint)
    {
        using var log = new LogPages(layout);
        var pages = HashPages(log, checkpoint, _last) ?? throw new IOException($"the log in {layout.Index} is shorter than its checkpoint");
        var tableHash = _last is not null && _last.Checkpoint.Table == checkpoint.Table
            ? _last.TableHash
            : HashFolder(layout.TableCheckpoint(checkpoint.Table));
        Obstacles.MakeFolder(layout.Root, layout.Seals);
        var seal = new IndexSeal(NextNumber(), checkpoint, tableHash, HashFolder(layout.LogCheckpoint(checkpoint.Log)), pages);
        seal.Write(layout, disk);
        _last = seal;
        TryDeleteOld(seal);
    }

    /// <summary>The first one after the last whose place is free, or can be made so.</summary>
    private long NextNumber()
    {
        var number = (_last?.Number ?? 0) + 1;
        while (!Obstacles.TryClearForFile(IndexSeal.PathOf(layout, number)) || !Obstacles.TryClearForFile(IndexSeal.UnnamedPathOf(layout, number)))
            number++;
        return number;
    }

    private static ulong[]? HashPages(LogPages log, IndexCheckpoint checkpoint, IndexSeal? known)
    {
        if (checkpoint.EndAddress <= checkpoint.BeginAddress) return []; // no record at all
        var first = log.PageOf(checkpoint.BeginAddress);
        var count = log.PageOf(checkpoint.EndAddress - 1) - first + 1;
        if (checkpoint.BeginAddress < 0 || count is < 0 or > int.MaxValue) return null;
        var hashes = new ulong[count];
        for (var page = first; page < first + count; page++)
        {
            if ((KnownHash(log, page, known) ?? log.Hash(page, checkpoint.EndAddress)) is not { } hash) return null;
            hashes[page - first] = hash;
        }

        return hashes;
    }

    /// <summary>A page that was full at the last seal has not changed since.</summary>
    private static ulong? KnownHash(LogPages log, long page, IndexSeal? known)
    {
        if (known is null || page >= log.PageOf(known.Checkpoint.EndAddress)) return null;
        var at = page - log.PageOf(known.Checkpoint.BeginAddress);
        return at >= 0 && at < known.PageHashes.Length ? known.PageHashes[at] : null;
    }

    private static ulong HashFolder(string folder)
    {
        var hash = new XxHash3();
        if (!Directory.Exists(folder)) return 0;
        foreach (var path in Directory.EnumerateFiles(folder).Where(Obstacles.IsFile).Order(StringComparer.Ordinal))
        {
            using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length == 0) continue; // FASTER makes some when it looks for what is not there
            hash.Append(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            hash.Append(file);
        }

        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Leaves the newest, and one older in case the newest is damaged. What cannot be deleted is tried again with the next.</summary>
    private void TryDeleteOld(IndexSeal newest)
    {
        try
        {
            IndexSeal[] kept = [newest, .. IndexSeal.List(layout).Where(number => number < newest.Number).Select(TryRead).OfType<IndexSeal>().Take(1)];
            DeleteOthers(layout.Seals, kept.Select(seal => IndexSeal.PathOf(layout, seal.Number)));
            DeleteOthers(Path.GetDirectoryName(layout.LogCheckpoint(default))!, kept.Select(seal => layout.LogCheckpoint(seal.Checkpoint.Log)));
            DeleteOthers(Path.GetDirectoryName(layout.TableCheckpoint(default))!, kept.Select(seal => layout.TableCheckpoint(seal.Checkpoint.Table)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The seal stands all the same.
        }
    }

    private IndexSeal? TryRead(long number)
    {
        try
        {
            return IndexSeal.Read(layout, number);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void DeleteOthers(string folder, IEnumerable<string> kept)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var path in Directory.GetFileSystemEntries(folder).Except(kept)) StoreFormat.TryDelete(path);
    }
}
