using System.Collections.Immutable;
using VirtualView.Core.Blocks;

namespace VirtualView.Cache.Scrubbing;

/// <summary>Counts what a scrub finds, and says how far it is.</summary>
internal sealed class ScrubTally(long blocksTotal, IProgress<ScrubProgress>? progress)
{
    /// <summary>16 MiB of the usual blocks: often enough for a progress bar.</summary>
    private const int BlocksPerReport = 64;

    private readonly ImmutableArray<DamagedBlock>.Builder _first = ImmutableArray.CreateBuilder<DamagedBlock>();
    private long _blocks;
    private long _bytes;
    private long _damaged;
    private long _missing;

    public void Count(DamagedBlock block, int lengthBytes, BlockFinding finding)
    {
        if (finding == BlockFinding.Gone) return;
        _blocks++;
        _bytes += lengthBytes;
        if (finding == BlockFinding.Damaged) _damaged++;
        if (finding == BlockFinding.Missing) _missing++;
        if (finding != BlockFinding.Right && _first.Count < ScrubReport.MostNamed) _first.Add(block);
        if (_blocks % BlocksPerReport == 0) Report();
    }

    public ScrubReport Finish(long strays)
    {
        Report();
        return new ScrubReport
        {
            Blocks = _blocks,
            Bytes = _bytes,
            Damaged = _damaged,
            Missing = _missing,
            Strays = strays,
            First = _first.ToImmutable(),
        };
    }

    // Blocks that were put meanwhile count too: the total must not be less than what is done.
    private void Report() => progress?.Report(new ScrubProgress(_blocks, Math.Max(blocksTotal, _blocks), _bytes));
}
