namespace VirtualView.State.Tests.Support;

/// <summary>A folder that goes with the test; the state lies in a folder in it that is not there yet.</summary>
public sealed class TemporaryFolder(bool isOnDisk = false) : IDisposable
{
    // In memory where that is possible: thousands of saves would each wait for a disk.
    private const string Memory = "/dev/shm";

    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        Directory.Exists(Memory) && !isOnDisk ? Memory : System.IO.Path.GetTempPath(), $"virtualview-state-{Guid.NewGuid():n}")).FullName;

    public string State => System.IO.Path.Combine(Path, "state");

    public string Database => System.IO.Path.Combine(State, "state.db");

    /// <summary>What was renamed because it could not be used.</summary>
    public string[] SetAside(string why) => Directory.GetFiles(State, $"*.{why}-*").Where(file => !file.EndsWith("-wal", StringComparison.Ordinal)).ToArray();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
