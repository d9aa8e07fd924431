using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.History;

/// <summary>
/// Goes through a history and names each promise that was not kept. The rules stand in <c>docs/simulator.md</c>.
/// </summary>
/// <param name="truth">What the sources had.</param>
/// <param name="shows">True when the view may show that file of that source at that path.</param>
public sealed class HistoryChecker(Truth truth, Func<TrueVersion, VirtualPath, bool> shows)
{
    private readonly Dictionary<(int Life, HandleId Handle), PinnedHandle> _handles = [];
    private readonly List<Violation> _violations = [];

    public IReadOnlyList<Violation> Check(IEnumerable<HistoryEvent> history)
    {
        foreach (var happened in history)
        {
            switch (happened)
            {
                case OpenedEvent opened: Check(opened); break;
                case ServedEvent served: Check(served); break;
                case ReadEvent read: Check(read); break;
                case ReadFailedEvent failed: Check(failed); break;
                case PutEvent put: Check(put); break;
            }
        }

        return _violations;
    }

    private void Check(OpenedEvent opened)
    {
        var versions = truth.Find(opened.Version);
        if (!versions.Any(version => version.From <= opened.At && shows(version, opened.Path)))
        {
            Report("real version", opened, versions.Count == 0 ? "no source ever had it" : $"it was elsewhere or later: {versions[0]}");
            return;
        }

        if (!_handles.TryAdd((opened.Life, opened.Handle), new PinnedHandle(opened, versions, truth.IsRacy(opened.Version))))
            Report("handle once", opened, "that handle was used before");
    }

    private void Check(ServedEvent served)
    {
        if (Find(served.Life, served.Handle, served) is not { } handle) return;
        if (served.Version != handle.Opened.Version)
            Report("one version", served, $"the handle is pinned to {handle.Opened.Version}");
        CheckBytes(handle, served, served.Offset, served.Bytes.Span);
    }

    private void Check(ReadEvent read)
    {
        if (Find(read.Life, read.Handle, read) is not { } handle) return;
        var expected = Math.Clamp(handle.Last.SizeBytes - read.Offset, 0, read.Asked);
        if (read.Bytes.Length != expected)
            Report("short read", read, $"{expected} B were to be had: the file has {handle.Last.SizeBytes} B");
        CheckBytes(handle, read, read.Offset, read.Bytes.Span);
    }

    private void Check(ReadFailedEvent failed)
    {
        if (Find(failed.Life, failed.Handle, failed) is not { } handle) return;
        switch (failed.Error)
        {
            case FileSystemError.Interrupted when failed.MayBeInterrupted:
            case FileSystemError.Unreachable or FileSystemError.TimedOut:
                break;
            case FileSystemError.Stale:
                if (handle.Versions.Any(version => version.From <= handle.Opened.At && !(version.Until <= failed.At)) && !handle.IsAmbiguous && !WasHidden(handle))
                    Report("stale has a cause", failed, $"still there: {handle.Versions[^1]}");
                break;
            default:
                Report("allowed errors", failed, "no read of an open file may end like this");
                break;
        }
    }

    private void Check(PutEvent put)
    {
        var versions = truth.Find(put.Version);
        if (versions.Count == 0)
        {
            Report("real version", put, "no source ever had it");
            return;
        }

        var last = versions[^1].File;
        if (truth.IsRacy(put.Version))
            Report("nothing racy is kept", put, $"a rewrite could still get the same name: {versions[^1]}");
        else if (!last.Content.Matches(put.Offset, put.Bytes.Span))
            Report("nothing wrong is kept", put, Diagnose(put.Offset, put.Bytes.Span, last.Content));
    }

    private void CheckBytes(PinnedHandle handle, HistoryEvent happened, long offset, ReadOnlySpan<byte> bytes)
    {
        if (!handle.Allows(offset, bytes)) Report("right bytes", happened, Diagnose(offset, bytes, handle.Last));
    }

    /// <summary>An unmounted export has "no such file", which is what a version that is gone looks like.</summary>
    private bool WasHidden(PinnedHandle handle) =>
        handle.Versions.Any(version => truth.LastHidden(version.Source) >= handle.Opened.At);

    private PinnedHandle? Find(int life, HandleId handle, HistoryEvent happened)
    {
        if (_handles.TryGetValue((life, handle), out var found)) return found;
        Report("known handle", happened, "nothing real was opened under that handle");
        return null;
    }

    private string Diagnose(long offset, ReadOnlySpan<byte> bytes, Content expected)
    {
        var hole = bytes.IndexOf((byte)0);
        if (hole >= 0) return $"a hole at {offset + hole}, where {expected} has a byte";
        foreach (var version in truth.All)
        {
            if (version.File.Content.Matches(offset, bytes)) return $"bytes of another version, {version}, instead of {expected}";
        }

        for (var at = 0; at < bytes.Length; at++)
        {
            if (!expected.Matches(offset + at, bytes.Slice(at, 1)))
                return $"a byte at {offset + at} that is not of {expected}, and the whole is of no version";
        }

        return $"nothing of {expected}";
    }

    private void Report(string rule, HistoryEvent happened, string why) => _violations.Add(new Violation(rule, $"{happened.Show()}: {why}"));
}
