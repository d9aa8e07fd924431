using VirtualView.Engine.Past;
using VirtualView.Fuse;
using VirtualView.State;

namespace VirtualView.Cli.Sessions;

/// <summary>A session that is served.</summary>
internal sealed class RunningSession(string name, bool isKept, FuseMount mount, SnapshotSession session, StateStore state)
{
    public string Name => name;

    public bool IsKept => isKept;

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
        await mount.UnmountAsync(force: true);
        await End;
    }
}
