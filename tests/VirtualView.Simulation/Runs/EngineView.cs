using VirtualView.Core.FileSystem;
using VirtualView.Engine;
using VirtualView.Engine.Options;

namespace VirtualView.Simulation.Runs;

/// <summary>The real engine under simulation.</summary>
public sealed class EngineView(ViewEngine engine) : IViewUnderTest
{
    public IViewFileSystem FileSystem => engine.FileSystem;

    public int OpenHandles => engine.Status().OpenHandles;

    public static async ValueTask<IViewUnderTest> OpenAsync(EngineOptions options, EngineRooms rooms, CancellationToken cancel) =>
        new EngineView(await ViewEngine.OpenAsync(options, rooms, cancel));

    public bool RemembersOverRestarts => true;

    public async ValueTask PollAsync(bool acceptDeletions, CancellationToken cancel) => await engine.PollAsync(acceptDeletions, cancel);

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
