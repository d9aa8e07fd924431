using Microsoft.Extensions.Logging;
using VirtualView.Cli.Configuration;

namespace VirtualView.Cli.Mounting;

/// <summary>
/// Looks at the configuration file of a running daemon every few seconds, and takes what can change at once. A file with
/// mistakes changes nothing, and is told of once.
/// </summary>
/// <remarks>Looks, and is not told: inotify is silent on network file systems, and editors replace the file.</remarks>
internal sealed partial class ConfigurationWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly DaemonPlan _plan;
    private readonly IViewSession _session;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Task _running;
    private (DateTime, long) _seen;
    private Dictionary<string, string> _values;

    private ConfigurationWatch(DaemonPlan plan, ConfigurationReading reading, IViewSession session, TimeProvider clock, ILogger<ConfigurationWatch> logger)
    {
        (_plan, _session, _clock, _logger) = (plan, session, clock, logger);
        _seen = Stamp(reading.File);
        _values = Values(reading);
        _running = RunAsync(reading.File, _stop.Token);
    }

    public static ConfigurationWatch Start(DaemonPlan plan, ConfigurationReading reading, IViewSession session, TimeProvider clock, ILogger<ConfigurationWatch> logger) =>
        new(plan, reading, session, clock, logger);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(string file, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, _clock, stop);
                var now = Stamp(file);
                if (now == _seen) continue;
                _seen = now;
                await TakeAsync(file, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The daemon stops.
        }
        catch (Exception defect)
        {
            // The edge of the loop: the daemon goes on as it is configured.
            LogEnded(defect, file);
        }
    }

    private async ValueTask TakeAsync(string file, CancellationToken stop)
    {
        var reading = ConfigurationReading.Read(file, _plan.MountPoint);
        if (!reading.Mistakes.IsEmpty)
        {
            LogRefused(file, string.Join("; ", reading.Mistakes));
            return;
        }

        var values = Values(reading);
        string[] changed = [.. values.Keys.Union(_values.Keys).Where(key => values.GetValueOrDefault(key) != _values.GetValueOrDefault(key)).Order(StringComparer.Ordinal)];
        if (changed.Length == 0) return;
        _values = values;
        string[] later = [.. changed.Where(key => !LiveSettings.Holds(key))];
        if (later.Length > 0) LogLater(file, string.Join(", ", later));
        if (later.Length == changed.Length) return;
        await _session.UseAsync(LiveSettings.Of(_plan with { Section = reading.Section }), stop);
        LogTaken(file, string.Join(", ", changed.Except(later)));
    }

    /// <summary>A file that is gone for a moment, as while an editor replaces it, is the same as before.</summary>
    private (DateTime, long) Stamp(string file) => new FileInfo(file) is { Exists: true } found ? (found.LastWriteTimeUtc, found.Length) : _seen;

    private static Dictionary<string, string> Values(ConfigurationReading reading) =>
        // Where it is mounted is decided already, perhaps by an option.
        EffectiveValues.Of(reading).Where(value => value.Key != "View.MountPoint").ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal);

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The configuration {File} was changed and has mistakes, so nothing of it is taken: {Mistakes}")]
    private partial void LogRefused(string file, string mistakes);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The configuration {File} was changed; this takes effect at the next mount: {Keys}")]
    private partial void LogLater(string file, string keys);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The configuration {File} was changed, and taken: {Keys}")]
    private partial void LogTaken(string file, string keys);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "The configuration {File} is not watched any more")]
    private partial void LogEnded(Exception cause, string file);
}
