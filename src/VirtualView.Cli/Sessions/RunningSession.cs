using VirtualView.Engine.Past;
using VirtualView.Engine.Status;
using VirtualView.Fuse;
using VirtualView.State;

namespace VirtualView.Cli.Sessions;

/// <summary>A session that is served.</summary>
internal sealed class RunningSession(PlannedSession planned, SessionRecord record, SessionRequest request, FuseMount mount, SnapshotSession session, StateStore state)
{
    private readonly TaskCompletionSource _judged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => planned.Name;

    public SessionRecord Record => record;

    public string At => request.At;

    /// <summary>Whether what was written outlives the program.</summary>
    public bool IsKept { get; private set; } = request.Keep;

    public SessionStatus Status => new(Name, record.Snapshot, At, IsRunning: true, IsKept, record.StartedAt);

    /// <summary>Set once it is served: completes when nothing of it is open any more.</summary>
    public Task End { get; set; } = Task.CompletedTask;

    /// <summary>Once it is known whether its program was run. One that was not leaves everything as it was before.</summary>
    public void Judge(bool hasRun)
    {
        if (!hasRun) IsKept = !planned.IsNew;
        _judged.TrySetResult();
    }

    /// <summary>Waits for the end of the mount, and closes what is behind it.</summary>
    public async Task CloseAsync()
    {
        await mount.Completion;
        await _judged.Task;
        session.Dispose();
        await state.DisposeAsync();
    }

    /// <summary>Ends it although programs use it: their calls fail.</summary>
    public async Task StopAsync()
    {
        await mount.DisconnectAsync();
        await End;
    }
}
