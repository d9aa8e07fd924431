using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Mounting;

namespace VirtualView.Cli.Daemons;

/// <summary>Finds the daemon that serves a mount or a path in it, without touching the mount.</summary>
internal sealed class DaemonFinder(ImmutableArray<MountEntry> mounts, DaemonRegistry registry)
{
    // A mount is ours by what the kernel calls it, or because a living daemon says so.
    private readonly ImmutableArray<DaemonRecord> _daemons = [.. registry.All()];

    private PathWalk Walk => PathWalk.OfThisMachine([.. mounts.Select(mount => IsServed(mount) ? mount with { Type = "fuse.virtualview" } : mount)]);

    public static DaemonFinder OfThisMachine() => new(MountTable.Read(), DaemonRegistry.OfThisMachine());

    public ImmutableArray<DaemonRecord> All => _daemons;

    public bool IsOurMount(string mountPoint) => mounts.Any(mount => mount.IsOurs && RawText.ToText(mount.MountPoint) == mountPoint);

    /// <summary>Mounts of ours that no daemon serves which this user could ask.</summary>
    public IEnumerable<string> DeadMounts() => mounts.Where(mount => mount.IsOurs && Serving(mount) is null).Select(mount => Show(mount.MountPoint));

    public bool IsMounted(DaemonRecord daemon) => mounts.Any(mount => mount.IsFuse && RawText.ToText(mount.MountPoint) == daemon.MountPoint);

    /// <summary>An argument as an absolute path, with links resolved as far as a mount of ours.</summary>
    public string PathOf(string argument) => RawText.ToText(Walk.Follow(Absolute(argument)).Path);

    /// <summary>The daemon whose mount holds a path, and the path in its view.</summary>
    public Attempt<FoundDaemon> Holding(string argument)
    {
        var (path, found) = Walk.Follow(Absolute(argument));
        if (found is null)
            return new Failure(ExitCode.NoDaemon, $"{Show(path)} is in no mount of virtualview: give a path below a mount point, or mount it first");
        return Serving(found.Mount) is { } daemon
            ? new FoundDaemon(daemon, Show(found.PathInView))
            : Dead(found.Mount);
    }

    /// <summary>The daemon of the mount at, or around, a folder.</summary>
    public Attempt<FoundDaemon> At(string argument)
    {
        var (path, found) = Walk.Follow(Absolute(argument));
        if (found is not null)
            return Serving(found.Mount) is { } daemon ? new FoundDaemon(daemon, Show(found.PathInView)) : Dead(found.Mount);
        return _daemons.FirstOrDefault(daemon => daemon.MountPoint == RawText.ToText(path)) is { } unmounted
            ? new FoundDaemon(unmounted, "/")
            : new Failure(ExitCode.NoDaemon, $"no view is mounted at {Show(path)}: see 'virtualview mount --help'");
    }

    /// <summary>The only daemon there is.</summary>
    public Attempt<FoundDaemon> Only() => _daemons switch
    {
        [var only] => new FoundDaemon(only, "/"),
        [] => new Failure(ExitCode.NoDaemon, "no view is mounted: see 'virtualview mount --help'"),
        _ => new Failure(ExitCode.WrongUse, $"several views are mounted; name one of {string.Join(", ", _daemons.Select(daemon => daemon.MountPoint))}"),
    };

    private static string Absolute(string argument) =>
        PathWalk.MakeAbsolute(RawArgument.Of(argument), RawText.FromText(Environment.CurrentDirectory));

    private static string Show(string rawPath) => string.Join('/', rawPath.Split('/').Select(part => ByteText.Show(RawText.ToBytes(part))));

    private static Failure Dead(MountEntry mount) => new(
        ExitCode.NoDaemon,
        $"the daemon of {Show(mount.MountPoint)} is gone or belongs to another user: 'virtualview unmount {Show(mount.MountPoint)} --force' detaches what is left of it");

    private bool IsServed(MountEntry mount) => mount.IsFuse && _daemons.Any(daemon => daemon.MountPoint == RawText.ToText(mount.MountPoint));

    /// <summary>By its mount point; for a bind mount, by that of the mount it was made of.</summary>
    private DaemonRecord? Serving(MountEntry mount)
    {
        var points = mounts.Where(other => other.Device == mount.Device).Select(other => RawText.ToText(other.MountPoint));
        return _daemons.FirstOrDefault(daemon => daemon.MountPoint == RawText.ToText(mount.MountPoint))
            ?? _daemons.FirstOrDefault(daemon => points.Contains(daemon.MountPoint));
    }
}
