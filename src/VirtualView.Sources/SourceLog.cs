using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Sources;

internal static partial class SourceLog
{
    // Debug: the caller retries, chooses, counts and tells the user; this is the trace of single attempts.
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Source}: {Operation} {Path} failed: {Error}")]
    public static partial void Failed(this ILogger log, string source, string operation, VirtualPath path, SourceError error);

    public static SourceOutcome<T> Noting<T>(this ILogger log, string source, string operation, VirtualPath path, SourceOutcome<T> outcome)
    {
        if (!outcome.IsOk) log.Failed(source, operation, path, outcome.Error);
        return outcome;
    }
}
