using System.Diagnostics;
using System.Text.Json;
using VirtualView.Core.Crashes;
using VirtualView.Testing.Processes;

namespace VirtualView.Torture.Tests.Daemon;

/// <summary>One process of the daemon, from its start to its death.</summary>
internal sealed class DaemonLife : IAsyncDisposable
{
    /// <summary>Within this a daemon mounts, whatever it finds, and within this it ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int KilledExitCode = 128 + 9;

    private readonly DaemonFolders _folders;
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private volatile bool _isToEnd;

    private DaemonLife(DaemonFolders folders, Process process)
    {
        (_folders, _process) = (folders, process);
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <param name="crashAt">A crash point and how often it is to be reached; null lives until it is ended.</param>
    public static DaemonLife Begin(DaemonFolders folders, string? crashAt = null)
    {
        var start = new ProcessStartInfo(Mount.Tests.Daemon.Executable.Path, ["mount", "--config", folders.Configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in folders.Variables) start.Environment[name] = value;
        start.Environment.Remove(CrashPoint.Variable);
        if (crashAt is not null) start.Environment[CrashPoint.Variable] = crashAt;
        return new DaemonLife(folders, Process.Start(start) ?? throw new InvalidOperationException("the daemon did not start"));
    }

    /// <summary>Nobody can rely on its answers any more: it is dead, or has been told to die.</summary>
    public bool IsEnding => _isToEnd || _process.HasExited;

    /// <summary>The kernel may tell of its death a moment before its process is seen to end.</summary>
    public bool IsEndingSoon() => IsEnding || _process.WaitForExit(TimeSpan.FromSeconds(2)) || IsEnding;

    public bool HasEnded => _process.HasExited;

    public bool WasKilled => _process.ExitCode == KilledExitCode;

    /// <summary>How long it took to mount.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>All that it said, once it has ended.</summary>
    public async Task<string> EndedErrorsAsync()
    {
        Kill();
        await EndedAsync();
        return await _errors;
    }

    /// <summary>True when it serves, false when it died on the way.</summary>
    public async Task<bool> IsMountedAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (!line.StartsWith("mounted ", StringComparison.Ordinal)) continue;
                StartTime = Stopwatch.GetElapsedTime(_startedAt);
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new TimeoutException($"not mounted within {Patience}: {await _errors}");
        }

        await EndedAsync();
        return false;
    }

    public async Task MustMountAsync()
    {
        if (!await IsMountedAsync()) throw new InvalidOperationException($"it did not mount: {await EndedErrorsAsync()}");
    }

    /// <summary>True when it dies within the given time.</summary>
    public async Task<bool> DiesWithinAsync(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Kill()
    {
        _isToEnd = true;
        if (!_process.HasExited) _process.Kill();
    }

    /// <summary>Asks it to end, as <c>systemctl stop</c> does.</summary>
    public async Task StopAsync()
    {
        _isToEnd = true;
        await Command.RunAsync("kill", "-s", "TERM", $"{_process.Id}");
        await EndedAsync();
    }

    public async Task EndedAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new TimeoutException($"the daemon did not end within {Patience}: {await _errors}");
        }
    }

    public Task<CommandResult> VirtualViewAsync(params string[] arguments) => Command.RunAsync(_folders.Variables, Mount.Tests.Daemon.Executable.Path, arguments);

    public async Task<JsonElement> StatusAsync() =>
        JsonDocument.Parse((await VirtualViewAsync("status", _folders.MountPoint, "--json")).Succeeded()).RootElement;

    public async ValueTask DisposeAsync()
    {
        Kill();
        await EndedAsync();
        await _errors;
        _process.Dispose();
    }
}
