using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;

namespace VirtualView.Engine;

/// <summary>All that the engine logs.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Error, "Background work '{What}' ended with a defect")]
    public static partial void WorkFailed(ILogger logger, string what, Exception cause);

    [LoggerMessage(2, LogLevel.Warning, "Cannot list {Path} at '{Source}': {Error}. What it had there stays in the view")]
    public static partial void ListingFailed(ILogger logger, VirtualPath path, string source, SourceError error);

    [LoggerMessage(3, LogLevel.Warning, "'{Source}' lists nothing at its root, where {Known} entries were known. That is not believed: they stay in the view. Look whether its export is mounted; if all of it is gone indeed, run 'virtualview sync --accept-deletions'")]
    public static partial void EmptyRootHeldBack(ILogger logger, string source, long known);

    [LoggerMessage(4, LogLevel.Warning, "Cannot read {Range} of {Path} from '{Source}': {Error}")]
    public static partial void ReadFailed(ILogger logger, ByteRange range, VirtualPath path, string source, SourceError error);

    [LoggerMessage(5, LogLevel.Warning, "Cannot save snapshot {Number}: it will be tried again with the next one")]
    public static partial void SaveFailed(ILogger logger, long number, Exception cause);

    [LoggerMessage(6, LogLevel.Debug, "New snapshot: {Changes} changes at {Path}")]
    public static partial void Published(ILogger logger, VirtualPath path, int changes);

    [LoggerMessage(7, LogLevel.Error, "A call on the view failed by a defect")]
    public static partial void CallFailed(ILogger logger, Exception cause);

    [LoggerMessage(8, LogLevel.Warning, "'{Source}' is down: {Error}. What is not cached of it cannot be read until it answers")]
    public static partial void SourceIsDown(ILogger logger, string source, SourceError error);

    [LoggerMessage(9, LogLevel.Warning, "'{Source}' is back")]
    public static partial void SourceIsBack(ILogger logger, string source);

    [LoggerMessage(10, LogLevel.Warning, "'{Source}' lacks {Missing} of {Known} known entries ({Paths}, ...). That is not believed: they stay in the view until it shows them again; if they are gone indeed, run 'virtualview sync --accept-deletions'")]
    public static partial void DeletionsHeldBack(ILogger logger, string source, long missing, long known, string paths);

    [LoggerMessage(11, LogLevel.Information, "Nothing of '{Source}' is held back any more")]
    public static partial void NothingHeldBack(ILogger logger, string source);

    [LoggerMessage(12, LogLevel.Error, "Of what was written in the view something is lost: {Loss}. Bytes without a name are kept in the folder 'overlay/lost' of the state directory")]
    public static partial void OverlayLoss(ILogger logger, string loss);

    [LoggerMessage(13, LogLevel.Warning, "Snapshots cannot be recorded: the view is not touched by it. Said once, until one can")]
    public static partial void RecordFailed(ILogger logger, Exception cause);
}
