using Microsoft.Extensions.Logging;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Sources;

internal static partial class SourceLog
{
    // Debug: the caller retries, chooses, counts and tells the user; this is the trace of single attempts.
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Source}: {Operation} {Path} failed: {Error}")]
    public static partial void Failed(this ILogger log, string source, string operation, VirtualPath path, SourceError error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Source}: server without Range support: it sends whole files when asked for a part, so only the first {MebiBytes} MiB of each file can be read; serve the files with nginx, Apache, lighttpd or Caddy")]
    public static partial void WithoutRanges(this ILogger log, string source, long mebiBytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Source}: directories are listed by {Kind}")]
    public static partial void ListsBy(this ILogger log, string source, string kind);

    public static SourceOutcome<T> Noting<T>(this ILogger log, string source, string operation, VirtualPath path, SourceOutcome<T> outcome)
    {
        if (!outcome.IsOk) log.Failed(source, operation, path, outcome.Error);
        return outcome;
    }
}
