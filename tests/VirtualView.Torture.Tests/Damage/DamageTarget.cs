using VirtualView.Torture.Tests.Daemon;

namespace VirtualView.Torture.Tests.Damage;

/// <summary>A file that a daemon leaves behind.</summary>
/// <param name="Pattern">Its path below the folders of the daemon, the last part with wildcards; the newest that fits is meant.</param>
/// <param name="Says">What the next daemon's log must say when its content is garbage; null where nothing is lost with it.</param>
/// <param name="MattersMost">Is tried in every run.</param>
internal sealed record DamageTarget(string Pattern, string? Says, bool MattersMost = false)
{
    public static DamageTarget[] All { get; } =
    [
        new("state/state.db", "state.db", MattersMost: true),
        new("state/state.db-wal", null),
        new("state/state.db-shm", null),
        new("state/history.db", "history.db", MattersMost: true),
        new("state/history.db-wal", null),
        new("state/sources.json", "sources.json", MattersMost: true),
        new("state/pins.json", "pins.json", MattersMost: true),
        new("state/daemon.lock", null),
        new("state/daemon.pid", null),
        new("state/api.sock", null),
        new("cache/lock", null),
        new("cache/format", "starts empty", MattersMost: true),
        new("cache/sources", null),
        new("cache/index/log.0", "cache index", MattersMost: true),
        new("cache/index/seals/*", "cache index"),
        new("cache/index/cpr-checkpoints/*/*", "cache index"),
        new("cache/index/index-checkpoints/*/*", "cache index"),
        new("cache/payloads/*/*", null),
        new("run/virtualview/*.json", null),
    ];

    /// <summary>The newest file of this kind; null where there is none.</summary>
    public string? Find(DaemonFolders folders)
    {
        IEnumerable<string> found = [Pattern.StartsWith("run/", StringComparison.Ordinal) ? Path.GetDirectoryName(folders.Run)! : folders.Disk];
        var parts = Pattern.Split('/');
        foreach (var part in parts[..^1]) found = found.Where(Directory.Exists).SelectMany(folder => Directory.GetDirectories(folder, part));
        return found.SelectMany(folder => Directory.GetFiles(folder, parts[^1])).MaxBy(File.GetLastWriteTimeUtc);
    }
}
