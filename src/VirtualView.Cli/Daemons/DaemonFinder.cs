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

    public ImmutableArray<MountEntry> OurMounts => [.. mounts.Where(mount => mount.IsOurs)];

    public MountEntry? OurMountAt(string mountPoint) => OurMounts.FirstOrDefault(mount => RawText.ToText(mount.MountPoint) == mountPoint);

    /// <summary>The daemon that is known to have made a mount and to be dead. Looks at nothing below the mount.</summary>
    public DaemonRecord? DeadDaemonOf(MountEntry mount) => Serving(mount) is not null ? null : registry.Dead().FirstOrDefault(dead =>
        dead.Device == mount.Device && dead.UserId == mount.UserId && dead.MountPoint == RawText.ToText(mount.MountPoint));

    /// <summary>Asks the mount itself, for a few seconds, where no record tells.</summary>
    public async Task<MountLife> LifeOfAsync(MountEntry mount, TimeProvider clock, CancellationToken cancel)
    {
        if (Serving(mount) is not null) return MountLife.Served;
        return DeadDaemonOf(mount) is not null || await AbandonedMount.IsDisconnectedAsync(RawText.ToText(mount.MountPoint), clock, cancel)
            ? MountLife.Abandoned
            : MountLife.Unknown;
    }

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
            : NotServed(found.Mount);
    }

    /// <summary>The daemon of the mount at, or around, a folder.</summary>
    public Attempt<FoundDaemon> At(string argument)
    {
        var (path, found) = Walk.Follow(Absolute(argument));
        if (found is not null)
            return Serving(found.Mount) is { } daemon ? new FoundDaemon(daemon, Show(found.PathInView)) : NotServed(found.Mount);
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

    private Failure NotServed(MountEntry mount)
    {
        var at = Show(mount.MountPoint);
        return new Failure(ExitCode.NoDaemon, DeadDaemonOf(mount) is { } dead
            ? $"the daemon of {at} (process {dead.ProcessId}) is dead: 'virtualview unmount {at} --force' takes away what it left, and so does mounting it again"
            : $"the daemon of {at} is dead, or belongs to another user: 'virtualview doctor' tells, and what a dead one left goes by 'virtualview unmount {at} --force'");
    }

    private bool IsServed(MountEntry mount) => mount.IsFuse && _daemons.Any(daemon => daemon.MountPoint == RawText.ToText(mount.MountPoint));

    /// <summary>By its mount point; for a bind mount, by that of the mount it was made of.</summary>
    private DaemonRecord? Serving(MountEntry mount)
    {
        var points = mounts.Where(other => other.Device == mount.Device).Select(other => RawText.ToText(other.MountPoint));
        return _daemons.FirstOrDefault(daemon => daemon.MountPoint == RawText.ToText(mount.MountPoint))
            ?? _daemons.FirstOrDefault(daemon => points.Contains(daemon.MountPoint));
    }
}
