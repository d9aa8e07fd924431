using VirtualView.Testing.Files;
using VirtualView.Torture.Tests.Daemon;

namespace VirtualView.Torture.Tests.Writing;

/// <summary>A view over files that do not change, a folder of them for each writer.</summary>
internal sealed class WritingWorld : IDisposable
{
    private const int DatabaseHeaderBytes = 100;

    private static readonly int[] Sizes = [10_000, 1, 4096, 65_536, 100_001];

    private readonly HostFolder _folder = new();

    /// <param name="disk">Where state and cache lie, if not beside all else.</param>
    public WritingWorld(int writers, int filesEach, string? disk = null)
    {
        for (var writer = 0; writer < writers; writer++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Sources, $"{writer}")).FullName;
            for (var file = 0; file < filesEach; file++) Fill(Path.Combine(folder, $"b{file:000}"), Sizes[file % Sizes.Length], seed: (writer * filesEach) + file);
        }

        Folders = new DaemonFolders(disk, new Dictionary<string, object> { ["data"] = new { Kind = "Local", Path = Sources } }, "64 MiB", timeout: "5s", isReadOnly: false);
    }

    public DaemonFolders Folders { get; }

    public string Sources => Path.Combine(_folder.Path, "sources");

    public string LogOf(int writer) => Path.Combine(_folder.Path, $"writer{writer}.log");

    /// <summary>After a clean end this loses nothing: all that the header says is known.</summary>
    public void DamageJournal()
    {
        using var journal = new FileStream(Path.Combine(Folders.State, "overlay.db"), FileMode.Open, FileAccess.Write);
        journal.Write(new byte[DatabaseHeaderBytes]);
    }

    public void Dispose()
    {
        Folders.Dispose();
        _folder.Dispose();
    }

    /// <summary>None of the bytes is zero, so that a hole is seen.</summary>
    private static void Fill(string path, int sizeBytes, int seed)
    {
        var bytes = new byte[sizeBytes];
        new Random(seed).NextBytes(bytes);
        bytes.AsSpan().Replace((byte)0, (byte)0xA5);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }
}
