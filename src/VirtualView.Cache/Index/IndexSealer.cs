using System.IO.Hashing;
using System.Text;
using VirtualView.Cache.Layout;

namespace VirtualView.Cache.Index;

/// <summary>Seals checkpoints, proves them again, and deletes those that are no longer needed.</summary>
internal sealed class IndexSealer(StoreLayout layout)
{
    /// <summary>The newest, and one older in case the newest is damaged.</summary>
    private const int Kept = 2;

    private IndexSeal? _last;

    /// <summary>True when all files of the checkpoint are what they were when they were sealed.</summary>
    public bool IsWhole(IndexSeal seal)
    {
        using var log = new LogPages(layout);
        return seal.TableHash == HashFolder(layout.TableCheckpoint(seal.Checkpoint.Table))
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
        var number = (_last?.Number ?? (IndexSeal.List(layout) is [var newest, ..] ? newest : 0)) + 1;
        var seal = new IndexSeal(number, checkpoint, tableHash, HashFolder(layout.LogCheckpoint(checkpoint.Log)), pages);
        seal.Write(layout);
        _last = seal;
        DeleteOld(seal);
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
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length == 0) continue; // FASTER makes some when it looks for what is not there
            hash.Append(Encoding.UTF8.GetBytes(Path.GetFileName(path)));
            hash.Append(file);
        }

        return hash.GetCurrentHashAsUInt64();
    }

    private void DeleteOld(IndexSeal newest)
    {
        var numbers = IndexSeal.List(layout);
        var kept = numbers.Take(Kept).Select(number => number == newest.Number ? newest : IndexSeal.Read(layout, number)).OfType<IndexSeal>().ToList();
        foreach (var number in numbers.Skip(Kept)) File.Delete(IndexSeal.PathOf(layout, number));
        DeleteOthers(layout.LogCheckpoint(default), kept.Select(seal => seal.Checkpoint.Log));
        DeleteOthers(layout.TableCheckpoint(default), kept.Select(seal => seal.Checkpoint.Table));
    }

    private static void DeleteOthers(string anyCheckpoint, IEnumerable<Guid> kept)
    {
        var names = kept.Select(token => token.ToString()).ToHashSet();
        var folder = new DirectoryInfo(Path.GetDirectoryName(anyCheckpoint)!);
        if (!folder.Exists) return;
        foreach (var checkpoint in folder.EnumerateDirectories().Where(checkpoint => !names.Contains(checkpoint.Name)))
            checkpoint.Delete(recursive: true);
    }
}
