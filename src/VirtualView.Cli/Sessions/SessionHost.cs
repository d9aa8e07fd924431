using System.Collections.Immutable;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using VirtualView.Core.Outcomes;
using VirtualView.Engine.Overlay;
using VirtualView.Engine.Past;
using VirtualView.Engine.Status;
using VirtualView.Fuse;
using VirtualView.Service.Sockets;
using VirtualView.State;

namespace VirtualView.Cli.Sessions;

/// <summary>
/// Serves the sessions of <c>run</c> in the daemon: snapshots, each with an overlay of its own, on mounts that other
/// processes made and handed over. A session ends with its mount.
/// </summary>
internal sealed partial class SessionHost : IAsyncDisposable
{
    public const string SocketName = "run.sock";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ViewSnapshots _snapshots;
    private readonly SessionFolders _folders;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RunningSession> _running = []; // guarded by _gate
    private readonly Dictionary<string, SessionRecord> _resting; // kept and not running; guarded by _gate
    private PeerListener? _listener;

    private SessionHost(ViewSnapshots snapshots, SessionFolders folders, TimeProvider clock, ILoggerFactory logs)
    {
        (_snapshots, _folders, _clock, _logs) = (snapshots, folders, clock, logs);
        _logger = logs.CreateLogger<SessionHost>();
        _resting = folders.Kept();
    }

    /// <summary>Those that run, and those that were kept, by name.</summary>
    public ImmutableArray<SessionStatus> Sessions
    {
        get
        {
            lock (_gate)
            {
                var running = _running.Values.Select(session => session.Status);
                var resting = _resting.Select(kept => new SessionStatus(kept.Key, kept.Value.Snapshot, At: null, IsRunning: false, IsKept: true, kept.Value.StartedAt));
                return [.. running.Concat(resting).OrderBy(session => session.Name, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Clears away what a daemon left that died, and listens.</summary>
    /// <exception cref="IOException">The socket cannot be made.</exception>
    public static SessionHost Start(ViewSnapshots snapshots, string stateFolder, string socket, TimeProvider clock, ILoggerFactory logs)
    {
        var folders = new SessionFolders(stateFolder);
        folders.Sweep();
        var host = new SessionHost(snapshots, folders, clock, logs);
        host._listener = PeerListener.Start(socket, host.ServeAsync, logs);
        return host;
    }

    /// <summary>Ends all sessions: calls in them fail from then on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
        RunningSession[] running;
        lock (_gate)
            running = [.. _running.Values];
        await Task.WhenAll(running.Select(session => session.StopAsync()));
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancel)
    {
        // What says nothing must not hold a thread for ever.
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        if (DeviceHandover.Receive(socket) is not { } received) return;
        var answer = await TryBeginAsync(received, cancel);
        if (answer.Error is not null) received.Dispose();
        var hasRun = false;
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(answer, SessionJson.Default.SessionAnswer), cancel);
            if (answer.Error is null) hasRun = await RunVerdict.HearAsync(socket, cancel);
        }
        finally
        {
            if (answer.Name is { } name) Judge(name, hasRun);
        }
    }

    /// <summary>What was kept is given up only for a program that was run: a wrong word on the command line must not cost it.</summary>
    private void Judge(string name, bool hasRun)
    {
        RunningSession session;
        lock (_gate)
            session = _running[name]; // it waits for this
        try
        {
            if (hasRun) _folders.Keep(name, session.IsKept);
        }
        finally
        {
            session.Judge(hasRun);
        }
    }

    private async Task<SessionAnswer> TryBeginAsync(ReceivedDevice received, CancellationToken cancel)
    {
        try
        {
            var request = JsonSerializer.Deserialize(received.Message.Span, SessionJson.Default.SessionRequest)!;
            var begun = request.Session is { } kept ? await ContinueAsync(kept, request, cancel) : Prepare(request);
            if (!begun.IsOk) return SessionAnswer.Refused(begun.Failure.Lines[0]);
            return await BeginAsync(begun.Value, request, received, cancel);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or JsonException or StateException or MountException)
        {
            return SessionAnswer.Refused(failed.Message);
        }
    }

    private Attempt<PlannedSession> Prepare(SessionRequest request)
    {
        if (request.Snapshot is not { } snapshot) return new Failure(ExitCode.WrongUse, "neither a snapshot nor a session is named");
        var name = $"run-{_clock.GetUtcNow():yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("n")[..6]}";
        return new PlannedSession(name, snapshot, _clock.GetUtcNow(), IsNew: true);
    }

    /// <summary>The one that ran before may just be about to end.</summary>
    private async Task<Attempt<PlannedSession>> ContinueAsync(string name, SessionRequest request, CancellationToken cancel)
    {
        RunningSession? running;
        lock (_gate)
            running = _running.GetValueOrDefault(name);
        if (running is not null && await Task.WhenAny(running.End, Task.Delay(Patience, _clock, cancel)) != running.End)
            return new Failure(ExitCode.Failed, $"the session {name} is in use");
        if (_folders.Find(name) is not { } record) return new Failure(ExitCode.Failed, $"no session of the name {name} was kept");
        if (request.Snapshot is { } asked && asked != $"{record.Snapshot}")
            return new Failure(ExitCode.WrongUse, $"the session {name} lies over snapshot {record.Snapshot}: leave --snapshot out");
        return new PlannedSession(name, $"{record.Snapshot}", record.StartedAt, IsNew: false);
    }

    private async Task<SessionAnswer> BeginAsync(PlannedSession planned, SessionRequest request, ReceivedDevice received, CancellationToken cancel)
    {
        var opened = await _snapshots.OpenAsync(planned.Snapshot, cancel);
        if (!opened.TryGet(out var below))
            return SessionAnswer.Refused(opened.Error == FileSystemError.NotFound ? $"there is no snapshot {planned.Snapshot}: see 'virtualview snapshots list'" : $"snapshot {planned.Snapshot} cannot be opened: {opened.Error}");
        StateStore? state = null;
        SnapshotSession? session = null;
        try
        {
            var record = new SessionRecord(below.Number, planned.StartedAt);
            if (planned.IsNew) _folders.Create(planned.Name, record, request.Keep);
            // Where it has a name already, it is kept by that one.
            if (request.Keep) _ = await _snapshots.KeepAsync(planned.Snapshot, planned.Name, cancel);

            state = await StateStore.OpenAsync(new StateStoreOptions { Folder = _folders.PathOf(planned.Name) }, _clock, _logs, cancel);
            var parts = await state.OpenOverlayAsync(cancel);
            session = await _snapshots.WriteOverAsync(below, new OverlayRooms(parts.Journal, parts.Files), cancel);
            var options = new FuseMountOptions { MountPoint = request.At };
            var mount = await DeviceHandover.ServeAsync(received, options, session.FileSystem, _clock, _logs, cancel);
            Begin(new RunningSession(planned, record, request, mount, session, state));
            return new SessionAnswer(planned.Name, session.Number, null);
        }
        catch
        {
            session?.Dispose();
            below.Dispose();
            if (state is not null) await state.DisposeAsync();
            if (planned.IsNew) await ThrowAwayAsync(planned.Name);
            throw;
        }
    }

    private void Begin(RunningSession session)
    {
        lock (_gate)
        {
            _running[session.Name] = session;
            _resting.Remove(session.Name);
            session.End = EndAsync(session);
        }

        LogBegan(session.Name, session.Record.Snapshot, session.At);
    }

    private async Task EndAsync(RunningSession session)
    {
        // Nothing of it under the caller's lock.
        await Task.Yield();
        try
        {
            await session.CloseAsync();
            if (!session.IsKept) await ThrowAwayAsync(session.Name);
            LogEnded(session.Name, session.IsKept);
        }
        catch (Exception failed)
        {
            // The edge of a session: what is left of it goes at the next start.
            LogBroken(session.Name, failed);
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(session.Name);
                if (session.IsKept) _resting[session.Name] = session.Record;
            }
        }
    }

    private async Task ThrowAwayAsync(string name)
    {
        _folders.Delete(name);
        _ = await _snapshots.DropAsync(name, CancellationToken.None);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Session {Name} over snapshot {Snapshot} at {At}")]
    private partial void LogBegan(string name, long snapshot, string at);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Session {Name} has ended; kept: {IsKept}")]
    private partial void LogEnded(string name, bool isKept);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Session {Name} did not end cleanly")]
    private partial void LogBroken(string name, Exception cause);
}
