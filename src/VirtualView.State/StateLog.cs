using Microsoft.Extensions.Logging;

namespace VirtualView.State;

/// <summary>All that this room says.</summary>
internal static partial class StateLog
{
    [LoggerMessage(1, LogLevel.Warning, "The state database {File} cannot be used ({Why}). It was renamed to {Aside} and a new one begun: {Consequence}")]
    public static partial void DatabaseSetAside(this ILogger log, Exception cause, string file, string why, string aside, string consequence);

    [LoggerMessage(2, LogLevel.Warning, "The state database {File} is locked by another process: {Consequence}")]
    public static partial void DatabaseLocked(this ILogger log, Exception cause, string file, string consequence);

    [LoggerMessage(3, LogLevel.Warning, "The identities of sources in {File} cannot be read. The file was renamed to {Aside}; sources get new identities, so what is cached is fetched again")]
    public static partial void SourcesDamaged(this ILogger log, Exception cause, string file, string aside);

    [LoggerMessage(7, LogLevel.Warning, "The pins in {File} cannot be read. The file was renamed to {Aside}; nothing is pinned but by Cache.Policies until it is pinned again")]
    public static partial void PinsDamaged(this ILogger log, Exception cause, string file, string aside);

    [LoggerMessage(4, LogLevel.Warning, "Others than its owner may enter the state folder {Folder}: chmod 700 it")]
    public static partial void FolderOpenToOthers(this ILogger log, string folder);

    [LoggerMessage(5, LogLevel.Information, "Restored snapshot {Number} with {Directories} directories in {Milliseconds:0} ms")]
    public static partial void SnapshotLoaded(this ILogger log, long number, int directories, double milliseconds);

    [LoggerMessage(6, LogLevel.Debug, "Saved snapshot {Number}: {Written} directories written, {Deleted} removed, in {Milliseconds:0} ms")]
    public static partial void SnapshotSaved(this ILogger log, long number, int written, int deleted, double milliseconds);

    [LoggerMessage(8, LogLevel.Error, "Cannot {What} file {Id} of what was written in the view, in {Folder}: errno {Errno}. Said once for each errno")]
    public static partial void OverlayFileFailed(this ILogger log, string what, VirtualView.Core.Overlay.LocalId id, string folder, int errno);

    [LoggerMessage(9, LogLevel.Error, "Changes of the view cannot be kept in {File}: SQLite says {Code} ({Words}). Said once, until one can")]
    public static partial void OverlayCommitFailed(this ILogger log, string file, int code, string words);

    [LoggerMessage(10, LogLevel.Error, "What was written in the view could not be taken to the disk: the sync of {File} failed with errno {Errno}. No sync can be promised until the next start: check the disk")]
    public static partial void OverlaySyncFailed(this ILogger log, string file, int errno);

    [LoggerMessage(11, LogLevel.Error, "The journal {File} of what was written in the view is damaged ({Why}). It was renamed to {Aside}; {Rescued} carried over into a new one")]
    public static partial void OverlaySetAside(this ILogger log, string file, string why, string aside, string rescued);

    [LoggerMessage(14, LogLevel.Debug, "Recorded snapshot {Number}: {Written} directories written, {Removed} snapshots removed, in {Milliseconds:0} ms")]
    public static partial void SnapshotRecorded(this ILogger log, long number, int written, int removed, double milliseconds);

    [LoggerMessage(12, LogLevel.Warning, "A directory of snapshot {Number} cannot be read from {File}: {Why}. Said once; other directories and the view itself do not depend on it")]
    public static partial void HistoryRowDamaged(this ILogger log, long number, string file, string why);

    [LoggerMessage(13, LogLevel.Warning, "{Count} snapshots in the list of {File} are damaged and left out")]
    public static partial void HistoryRecordsDamaged(this ILogger log, int count, string file);

    [LoggerMessage(7, LogLevel.Warning, "{File} is no file. It was renamed to {Aside}, and a new one is made")]
    public static partial void ObstacleSetAside(this ILogger log, string file, string aside);
}
