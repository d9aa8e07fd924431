using VirtualView.Core.Units;
using VirtualView.Engine.CacheControl;

namespace VirtualView.Cli.Printing;

/// <summary>How far long work is, on standard error: a bar in place on a terminal, else a plain line now and then.</summary>
internal sealed class ProgressPrinter(Terminal terminal, TimeProvider clock, bool isQuiet) : IDisposable
{
    private const int BarWidth = 30;

    /// <summary>What is over sooner needs no line.</summary>
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);

    private readonly long _startedAt = clock.GetTimestamp();
    private long? _saidAt;
    private int _width;

    public void Show(CacheProgress progress)
    {
        if (isQuiet) return;
        var text = Text(progress);
        if (!terminal.ShowsBar)
        {
            if (clock.GetElapsedTime(_saidAt ?? _startedAt) < BetweenLines) return;
            _saidAt = clock.GetTimestamp();
            terminal.Error.WriteLine(text);
            return;
        }

        var line = $"{Bar(progress)} {text}";
        terminal.Error.Write($"\r{line.PadRight(_width)}");
        terminal.Error.Flush();
        _width = line.Length;
    }

    /// <summary>Takes the bar away, for what is printed next.</summary>
    public void Clear()
    {
        if (_width == 0) return;
        terminal.Error.Write($"\r{new string(' ', _width)}\r");
        terminal.Error.Flush();
        _width = 0;
    }

    public void Dispose() => Clear();

    private string Text(CacheProgress progress)
    {
        var count = progress.Total > 0 ? $"{progress.Done} of {progress.Total} {progress.Unit}" : $"{progress.Done} {progress.Unit}";
        var bytes = (progress.Bytes, progress.BytesTotal) switch
        {
            (_, > 0) => $", {new ByteSize(progress.Bytes)} of {new ByteSize(progress.BytesTotal)}",
            (> 0, _) => $", {new ByteSize(progress.Bytes)}",
            _ => "",
        };
        var seconds = clock.GetElapsedTime(_startedAt).TotalSeconds;
        var rate = progress.Bytes > 0 && seconds >= 1 ? $", {new ByteSize((long)(progress.Bytes / seconds))}/s" : "";
        return $"{progress.Step}: {count}{bytes}{rate}";
    }

    private static string Bar(CacheProgress progress)
    {
        var part = progress.BytesTotal > 0 ? (double)progress.Bytes / progress.BytesTotal : progress.Total > 0 ? (double)progress.Done / progress.Total : 0;
        var filled = (int)(Math.Clamp(part, 0, 1) * BarWidth);
        return $"[{new string('#', filled)}{new string('.', BarWidth - filled)}]";
    }
}
