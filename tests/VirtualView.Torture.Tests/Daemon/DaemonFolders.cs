using System.Text.Json;
using VirtualView.Testing.Files;

namespace VirtualView.Torture.Tests.Daemon;

/// <summary>All that one view keeps on this machine over the lives of its daemons, and its configuration.</summary>
internal sealed class DaemonFolders : IDisposable
{
    private readonly HostFolder _folder = new();

    /// <param name="disk">Where state and cache lie, if not beside all else.</param>
    /// <param name="isReadOnly">False for a view that is written.</param>
    public DaemonFolders(string? disk, IReadOnlyDictionary<string, object> sources, string capacity, string timeout, bool isReadOnly = true)
    {
        Disk = disk ?? _folder.Path;
        foreach (var made in new[] { MountPoint, Run }) Directory.CreateDirectory(made);
        File.WriteAllText(Configuration, JsonSerializer.Serialize(new
        {
            VirtualView = new
            {
                View = new { Name = "torture", MountPoint, StateDirectory = State, ReadOnly = isReadOnly },
                Sources = sources,
                Mappings = sources.Keys.Select(name => new { At = $"/{name}", Sources = new[] { name } }),
                Cache = new { Capacity = capacity, BlockSize = "64 KiB", Directory = Cache, MinFree = "1 MiB" },
                Coherence = new { PollInterval = "1s" },
                Fetch = new { Timeout = timeout },
            },
        }));
    }

    public string Disk { get; }

    public string MountPoint => Path.Combine(_folder.Path, "mnt");

    public string Run => Path.Combine(_folder.Path, "run");

    public string State => Path.Combine(Disk, "state");

    public string Cache => Path.Combine(Disk, "cache");

    public string Configuration => Path.Combine(_folder.Path, "view.json");

    public Dictionary<string, string> Variables => new()
    {
        ["XDG_STATE_HOME"] = Path.Combine(_folder.Path, "xs"),
        ["XDG_CACHE_HOME"] = Path.Combine(_folder.Path, "xc"),
        ["XDG_RUNTIME_DIR"] = Run,
    };

    public bool IsMounted => File.ReadAllLines("/proc/self/mountinfo").Any(line => line.Split(' ')[4] == MountPoint);

    /// <summary>The number of the newest seal of the block store's index: it grows with every finished checkpoint.</summary>
    public long NewestSeal() =>
        Directory.Exists(Path.Combine(Cache, "index", "seals"))
            ? Directory.GetFiles(Path.Combine(Cache, "index", "seals")).Select(Number).DefaultIfEmpty(0).Max()
            : 0;

    public void Dispose() => _folder.Dispose();

    private static long Number(string path) =>
        long.TryParse(Path.GetFileName(path), System.Globalization.NumberStyles.HexNumber, null, out var number) ? number : 0;
}
