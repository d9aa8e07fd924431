namespace VirtualView.Core.FileSystem;

/// <summary>Knows on which files of a mount programs hold locks (flock, fcntl, of open file descriptions). The locks are the kernel's own.</summary>
public interface IFileLocks
{
    /// <summary>The inode numbers of all files that are locked now, as far as this process may know. It never throws.</summary>
    IReadOnlySet<ulong> LockedInodes();
}
