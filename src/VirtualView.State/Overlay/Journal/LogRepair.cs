using System.Globalization;
using Microsoft.Extensions.Logging;

namespace VirtualView.State.Overlay.Journal;

/// <summary>
/// Sees before SQLite opens the journal whether its log ends before it should. If so, a new database is made of the old
/// one and of all frames that prove themselves, also those behind the damage; the old one is set aside with its log.
/// </summary>
internal sealed class LogRepair(string file, JournalSalvage salvage, ILogger log)
{
    /// <returns>What was lost or may be, in words; null when the log is whole.</returns>
    public string? Run()
    {
        if (LogMark.Find(file) is not { } mark || !File.Exists(file)) return null;
        var frames = LogFrames.Read(file + "-wal");

        // Another filling: the one that is marked was copied whole before.
        if (frames.Salt is { } salt && salt != mark.Salt) return null;
        var replayed = frames.Replayed();
        if (replayed >= Math.Max(mark.Kept, mark.Copied) || (replayed == 0 && mark.Kept <= mark.Copied)) return null;
        var (proven, last) = Proven(frames, mark);
        var expected = mark.Kept - Math.Min(mark.Kept, mark.Copied);
        var why = string.Create(CultureInfo.InvariantCulture, $"its log breaks off after {replayed} of {mark.Kept} pages");
        var aside = salvage.Adopt(building => Build(building, frames, proven, last));
        LogMark.Delete(file);
        var rescued = string.Create(CultureInfo.InvariantCulture, $"{proven.Count} of {expected} pages of the log");
        log.OverlaySetAside(file, why, aside, rescued);
        return $"the journal was damaged ({why}): it was renamed to {aside}; {rescued} were carried over, so what was done last may be missing";
    }

    /// <summary>The frames that the database lacks and that can be believed, up to the last commit among them.</summary>
    private static (List<int> Frames, int Last) Proven(LogFrames frames, MarkedLog mark)
    {
        var found = new List<int>();
        var last = 0;
        for (var frame = (int)mark.Copied + 1; frame <= frames.Count; frame++)
        {
            if (!frames.IsProven(frame, mark.Salt)) continue;
            found.Add(frame);
            if (frames.DatabasePagesAfter(frame) > 0) last = frame;
        }

        found.RemoveAll(frame => frame > last);
        return (found, last);
    }

    private void Build(string building, LogFrames frames, List<int> proven, int last)
    {
        File.Copy(file, building, overwrite: true);
        using var database = new FileStream(building, FileMode.Open, FileAccess.Write);
        foreach (var frame in proven)
        {
            database.Position = (frames.PageNumber(frame) - 1L) * LogFrames.PageBytes;
            database.Write(frames.Page(frame));
        }

        if (last > 0) database.SetLength((long)frames.DatabasePagesAfter(last) * LogFrames.PageBytes);
        database.Flush(flushToDisk: true);
    }
}
