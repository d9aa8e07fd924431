using System.Security.Cryptography;
using System.Text;
using VirtualView.Cli.Configuration;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Service.Answers;

namespace VirtualView.Cli.Mounting;

/// <summary>A validated configuration with every default that depends on this machine filled in.</summary>
internal sealed record DaemonPlan
{
    private const long DefaultCapacityBytes = 50L << 30;
    private const long DefaultMinFreeBytes = 1L << 30;
    private const long LeastCapacityBytes = 64L << 20;

    public required VirtualViewSection Section { get; init; }

    public required string MountPoint { get; init; }

    /// <summary>The file that it was made of, which is watched; null for a mount without one.</summary>
    public ConfigurationReading? Reading { get; init; }

    public required string StateFolder { get; init; }

    public required string CacheFolder { get; init; }

    /// <summary>That <c>View.ReadOnly</c> or <c>--read-only</c> asks for it.</summary>
    public required bool IsReadOnly { get; init; }

    public string ViewName => Section.View.Name!;

    public string SocketPath => Path.Combine(StateFolder, "api.sock");

    public string LogFile => Path.Combine(StateFolder, "daemon.log");

    /// <summary>Half of the disk, not of its free part: a cache that has filled it must not shrink at the next start.</summary>
    public long CapacityBytes =>
        Section.Cache.Capacity?.Bytes ?? Math.Max(LeastCapacityBytes, Math.Min(DefaultCapacityBytes, DiskBytes(CacheFolder) / 2));

    public long MinFreeBytes => Section.Cache.MinFree?.Bytes ?? Math.Min(DefaultMinFreeBytes, DiskBytes(CacheFolder) / 20);

    /// <summary>What this process tells of itself when it serves the plan.</summary>
    public DaemonInfo Describe(DateTimeOffset startedAt) => new()
    {
        MountPoint = MountPoint,
        StateFolder = StateFolder,
        ProcessId = Environment.ProcessId,
        Version = ProductVersion.Text,
        StartedAt = startedAt,
        IsReadOnly = IsReadOnly,
    };

    /// <param name="section">Without mistakes.</param>
    public static DaemonPlan Of(VirtualViewSection section, bool readOnly) => Of(section, readOnly, section.View.Name!);

    /// <summary>For a mount without a configuration: two addresses of one name must not share their state.</summary>
    public static DaemonPlan OfAddress(VirtualViewSection section, bool readOnly, string address)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)).AsSpan(0, 4));
        return Of(section, readOnly, $"{section.View.Name}-{hash}");
    }

    private static DaemonPlan Of(VirtualViewSection section, bool readOnly, string folder) => new()
    {
        Section = section,
        IsReadOnly = readOnly || section.View.ReadOnly,
        MountPoint = TrimEnd(Path.GetFullPath(section.View.MountPoint!)),
        StateFolder = TrimEnd(Path.GetFullPath(section.View.StateDirectory ?? Path.Combine(XdgFolders.State, "virtualview", folder))),
        CacheFolder = CacheFolderOf(section, folder),
    };

    private static string CacheFolderOf(VirtualViewSection section, string folder) => (section.Cache.Directory, section.View.StateDirectory) switch
    {
        ({ } named, _) => Path.GetFullPath(named),
        (null, { } state) => Path.Combine(Path.GetFullPath(state), "cache"),
        _ => Path.Combine(XdgFolders.Cache, "virtualview", folder),
    };

    private static string TrimEnd(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    private static long DiskBytes(string folder)
    {
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        return new DriveInfo(folder).TotalSize;
    }
}
