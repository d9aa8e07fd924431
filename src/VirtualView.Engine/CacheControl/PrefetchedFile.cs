using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Engine.Fetching;

namespace VirtualView.Engine.CacheControl;

/// <summary>One file on its way into the cache: which ranges are asked for, and what became of them.</summary>
internal sealed class PrefetchedFile(VirtualPath path, PinnedVersion version, PrefetchTally tally)
{
    private RangeSet _cached = RangeSet.Empty;
    private readonly Lock _gate = new();
    private int _open = 1; // ranges under way, and one until all are asked for; this and all below guarded by _gate
    private FileSystemError _error;

    public PinnedVersion Version => version;

    public FileSystemError Error
    {
        get
        {
            lock (_gate)
                return _error;
        }
    }

    /// <summary>The ranges that the cache lacks, cut at multiples of <paramref name="windowBytes"/>.</summary>
    public IEnumerable<ByteRange> Windows(int windowBytes)
    {
        var size = version.Version.SizeBytes;
        if (!version.IsStored) yield break;
        _cached = version.Payload.Cached();
        tally.WasPresent(_cached.TotalBytes);
        for (var start = 0L; start < size; start += windowBytes)
        {
            var window = ByteRange.FromTo(start, Math.Min(start + windowBytes, size));
            if (!_cached.Contains(window)) yield return window;
        }
    }

    /// <summary>A request is under way. Each must end by <see cref="Ended"/>.</summary>
    public void Began()
    {
        lock (_gate)
            _open++;
    }

    public void AllAsked() => EndOne(FileSystemError.None);

    public void Ended(ByteRange window, FileSystemError error)
    {
        if (error == FileSystemError.None) tally.CameIn(_cached.Missing(window).TotalBytes);
        EndOne(error);
    }

    private void EndOne(FileSystemError error)
    {
        bool isLast;
        lock (_gate)
        {
            if (_error == FileSystemError.None) _error = error;
            isLast = --_open == 0;
        }

        if (isLast) tally.FileEnded(Problem());
    }

    private PathProblem? Problem()
    {
        if (!version.IsStored) return PathProblem.Of(path, "it is younger than its source's clock step, so it is not cached yet: prefetch it again in a moment");
        var why = version.Transfers.LastFailure;
        if (Error != FileSystemError.None) return why is null ? PathProblem.Of(path, Error) : PathProblem.Of(path, $"{why}");
        var missing = version.Version.SizeBytes - version.Payload.Cached().TotalBytes;
        return missing <= 0 ? null : PathProblem.Of(path, $"{missing} bytes of it found no room in the cache: see 'virtualview status'");
    }
}
