using VirtualView.Engine.Past;
using VirtualView.Engine.Status;
using VirtualView.Fuse;
using VirtualView.State;

namespace VirtualView.Cli.Sessions;

/// <summary>A session that is served.</summary>
internal sealed class RunningSession(string name, SessionRecord record, SessionRequest request, FuseMount mount, SnapshotSession session, StateStore state)
{
    public string Name => name;

    public SessionRecord Record => record;

    public string At => request.At;

    public bool IsKept => request.Keep;

    public SessionStatus Status => new(name, record.Snapshot, At, IsRunning: true, IsKept, record.StartedAt);

    /// <summary>Set once it is served: completes when nothing of it is open any more.</summary>
    public Task End { get; set; } = Task.CompletedTask;

    /// <summary>Waits for the end of the mount, and closes what is behind it.</summary>
    public async Task CloseAsync()
    {
        await mount.Completion;
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
