using VirtualView.Cli.Configuration.Values;
using VirtualView.Cli.Mounting.Detaching;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Fuse.Mounting;

namespace VirtualView.Cli.Doctor.Checks;

/// <summary>One folder of the daemon: whose it is, who may enter, on what disk it lies, and what that disk can do.</summary>
internal sealed class FolderCheck(string name, string folder, bool holdsBlocks, long leastFreeBytes) : IDoctorCheck
{
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    private static readonly string[] Remote = ["nfs", "nfs4", "cifs", "smb3", "lustre", "gpfs", "beegfs", "afs", "ceph", "9p"];

    public ValueTask<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var existing = folder;
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing) ?? "/";
        findings.Add(existing == folder ? Entering() : Finding.Ok(name, $"{folder} is not there yet, and will be made"));
        findings.Add(TryWriting(existing));
        findings.Add(Disk(existing));
        return ValueTask.FromResult<IReadOnlyList<Finding>>(findings);
    }

    private Finding Entering()
    {
        var mode = File.GetUnixFileMode(folder);
        return (mode & Others) == 0
            ? Finding.Ok(name, $"{folder}, mode {PermissionBits.Show((int)mode)}")
            : Finding.Warn(name, $"others may enter {folder} (mode {PermissionBits.Show((int)mode)})", $"chmod 700 {folder}");
    }

    /// <summary>Writes a file and takes it away again; for blocks also gives a part of it back to the disk.</summary>
    private Finding TryWriting(string existing)
    {
        var file = Path.Combine(existing, $".virtualview-doctor-{Environment.ProcessId}");
        try
        {
            using var probe = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            if (!holdsBlocks) return Finding.Ok(name, $"{existing} can be written");
            probe.Write(new byte[16 << 10]);
            probe.Flush(flushToDisk: true);
            return Posix.CanPunchHoles(probe.SafeFileHandle)
                ? Finding.Ok(name, $"{existing} can be written, and parts of files given back")
                : Finding.Warn(name, $"the disk of {existing} cannot give parts of files back", "it works, but blocks leave the cache by whole files: choose a Cache.Directory on ext4, XFS, Btrfs or tmpfs");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail(name, $"{existing} cannot be written: {refused.Message}", holdsBlocks ? "choose another Cache.Directory" : "choose another View.StateDirectory");
        }
    }

    private Finding Disk(string existing)
    {
        var drive = new DriveInfo(existing);
        var type = MountTable.Read()
            .Where(mount => Holds(RawText.ToText(mount.MountPoint), existing))
            .MaxBy(mount => mount.MountPoint.Length)?.Type ?? "unknown";
        var free = $"{new ByteSize(drive.AvailableFreeSpace)} free of {new ByteSize(drive.TotalSize)} on {type}";
        if (Remote.Contains(type))
            return Finding.Warn(name, $"{existing} lies on a network file system: {free}", "it is slow and its locks may fail: choose a folder on a local disk");
        return drive.AvailableFreeSpace < leastFreeBytes
            ? Finding.Warn(name, $"{free}, less than the {new ByteSize(leastFreeBytes)} that shall stay free", "free some room, or lower Cache.MinFree: until then nothing new is cached")
            : Finding.Ok(name, free);
    }

    private static bool Holds(string above, string path) => above == "/" || path == above || path.StartsWith(above + "/", StringComparison.Ordinal);
}
