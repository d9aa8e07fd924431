using VirtualView.Core.FileSystem;

namespace VirtualView.Simulation.Runs;

/// <summary>What is simulated: the engine, or a simple file system that proves the checks.</summary>
public interface IViewUnderTest : IAsyncDisposable
{
    IViewFileSystem FileSystem { get; }

    int OpenHandles { get; }

    /// <summary>False for one that begins with nothing each time.</summary>
    bool RemembersOverRestarts { get; }

    ValueTask PollAsync(bool acceptDeletions, CancellationToken cancel);
}
