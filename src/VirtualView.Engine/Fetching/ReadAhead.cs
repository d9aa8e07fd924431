using VirtualView.Core.Ranges;

namespace VirtualView.Engine.Fetching;

/// <summary>
/// Watches how one handle is read, and says what to fetch before it is asked for: nothing for a random reader; for a
/// sequential one a window that is never larger than what it has already read in sequence. Two blocks are
/// no sequence yet: without root the kernel reads at most 128 KiB at once, so a single read comes in several pieces, which
/// the kernel itself takes for a sequence, and asks for one more.
/// </summary>
internal sealed class ReadAhead(long sizeBytes, int blockSizeBytes, long maxWindowBytes)
{
    /// <summary>The kernel sends the reads of its own window at the same time, in any order.</summary>
    private const long OutOfOrderBytes = 8L << 20;

    private readonly Lock _gate = new();
    private long _runStart = -1; // this and all below guarded by _gate
    private long _runEnd;
    private long _fetchedTo;

    /// <summary>Notes a read, and returns what to fetch next; empty when enough is on its way.</summary>
    public ByteRange Observe(long offset, int length)
    {
        if (maxWindowBytes == 0) return default;
        lock (_gate)
        {
            var end = offset + length;
            var isSequential = _runStart >= 0 && offset >= _runStart && Math.Abs(offset - _runEnd) <= OutOfOrderBytes && offset <= Math.Max(_runEnd, _fetchedTo);
            if (!isSequential)
            {
                (_runStart, _runEnd, _fetchedTo) = (offset, end, end);
                return default;
            }

            // Read again, or out of order: nothing is gained.
            if (end <= _runEnd) return default;
            _runEnd = end;
            _fetchedTo = Math.Max(_fetchedTo, _runEnd);
            if (_runEnd - _runStart <= 2L * blockSizeBytes) return default;
            var window = Math.Min(maxWindowBytes, _runEnd - _runStart);
            var target = Math.Min(sizeBytes, _runEnd + window);
            // Half a window at a time: few requests, and always some under way.
            if (target - _fetchedTo < window / 2 && target < sizeBytes) return default;
            if (target <= _fetchedTo) return default;
            var next = ByteRange.FromTo(_fetchedTo, target);
            _fetchedTo = target;
            return next;
        }
    }
}
