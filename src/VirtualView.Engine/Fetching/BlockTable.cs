using VirtualView.Core.Blocks;
using VirtualView.Core.Ranges;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// The blocks of one version that are on their way, and those that came under a racy validator: they are never stored, so
/// the newest of them are kept here while a handle lasts.
/// </summary>
internal sealed class BlockTable(IPayload payload, int blockSizeBytes, bool isStored)
{
    /// <summary>How much of a version that must not be stored is kept in memory.</summary>
    private const long MaxKeptBytes = 32L << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, InflightBlock> _blocks = []; // guarded by _gate
    private readonly Queue<InflightBlock> _kept = new(); // guarded by _gate
    private long _keptBytes; // guarded by _gate

    /// <summary>
    /// For a read of <paramref name="wanted"/>: the blocks of it that are not in the store, each held for the caller, and
    /// those of <paramref name="wanted"/> and <paramref name="ahead"/> that nobody has asked for yet, now the caller's to fetch.
    /// Who found the store to promise what it does not have does without it.
    /// </summary>
    public (List<InflightBlock> Joined, List<InflightBlock> ToFetch) Join(ByteRange wanted, ByteRange ahead, bool trustStore)
    {
        var (joined, toFetch) = (new List<InflightBlock>(), new List<InflightBlock>());
        lock (_gate)
        {
            foreach (var number in Numbers(wanted))
            {
                if (FindOrAddLocked(number, toFetch, trustStore) is not { } block) continue;
                block.Hold();
                joined.Add(block);
            }

            foreach (var number in Numbers(ahead))
                FindOrAddLocked(number, toFetch, trustStore);
        }

        return (joined, toFetch);
    }

    /// <summary>Ends what <see cref="Join"/> gave to fetch: the block is stored by now, or will never come.</summary>
    public void Retire(InflightBlock block)
    {
        lock (_gate)
            _blocks.Remove(block.Number);
        block.Settle();
        block.LetGo();
    }

    /// <summary>Keeps a block that came but must not be stored, in the place of the oldest kept.</summary>
    public void Keep(InflightBlock block)
    {
        List<InflightBlock> dropped = [];
        block.Settle();
        lock (_gate)
        {
            _kept.Enqueue(block);
            _keptBytes += block.LengthBytes;
            while (_keptBytes > MaxKeptBytes && _kept.TryDequeue(out var oldest))
            {
                _keptBytes -= oldest.LengthBytes;
                _blocks.Remove(oldest.Number);
                dropped.Add(oldest);
            }
        }

        dropped.ForEach(oldest => oldest.LetGo());
    }

    private InflightBlock? FindOrAddLocked(long number, List<InflightBlock> toFetch, bool trustStore)
    {
        if (_blocks.TryGetValue(number, out var block)) return block;
        if (isStored && trustStore && payload.Has(number)) return null;
        var start = number * blockSizeBytes;
        block = new InflightBlock(number, (int)Math.Min(blockSizeBytes, payload.Identity.SizeBytes - start));
        _blocks.Add(number, block);
        toFetch.Add(block);
        return block;
    }

    private IEnumerable<long> Numbers(ByteRange range)
    {
        if (range.IsEmpty) yield break;
        for (var number = range.Offset / blockSizeBytes; number * blockSizeBytes < range.End; number++)
            yield return number;
    }
}
