using VirtualView.Core.Outcomes;

namespace VirtualView.Fuse.Errors;

/// <summary>What a program in the mount sees of a failure. The only place where the two meet.</summary>
internal static class ErrnoMap
{
    /// <exception cref="ArgumentOutOfRangeException">Not a failure, or one that this map does not know.</exception>
    public static int Of(FileSystemError error) => error switch
    {
        FileSystemError.NotFound => Errno.ENOENT,
        FileSystemError.Stale => Errno.ESTALE,
        FileSystemError.NotADirectory => Errno.ENOTDIR,
        FileSystemError.IsADirectory => Errno.EISDIR,
        FileSystemError.NotASymlink => Errno.EINVAL,
        FileSystemError.NameTooLong => Errno.ENAMETOOLONG,
        FileSystemError.AccessDenied => Errno.EACCES,
        FileSystemError.ReadOnly => Errno.EROFS,
        FileSystemError.BadHandle => Errno.EBADF,
        FileSystemError.InvalidArgument => Errno.EINVAL,
        FileSystemError.NoAttribute => Errno.ENODATA,
        FileSystemError.NotRecorded => Errno.ENODATA,

        // Not ENOSYS: the kernel would take that as "never ask this again" for the whole mount.
        FileSystemError.NotSupported => Errno.EOPNOTSUPP,
        FileSystemError.Unreachable => Errno.EIO,
        FileSystemError.TimedOut => Errno.ETIMEDOUT,
        FileSystemError.Corrupt => Errno.EIO,
        FileSystemError.Interrupted => Errno.EINTR,
        FileSystemError.NoSpace => Errno.ENOSPC,
        FileSystemError.QuotaExceeded => Errno.EDQUOT,
        FileSystemError.Exists => Errno.EEXIST,
        FileSystemError.NotEmpty => Errno.ENOTEMPTY,
        FileSystemError.NotPermitted => Errno.EPERM,
        FileSystemError.CrossesDevices => Errno.EXDEV,
        FileSystemError.TooManyLinks => Errno.EMLINK,
        FileSystemError.FileTooLarge => Errno.EFBIG,
        FileSystemError.TooBig => Errno.E2BIG,
        FileSystemError.NoSuchPosition => Errno.ENXIO,
        FileSystemError.Busy => Errno.EBUSY,
        FileSystemError.TooManyOpenFiles => Errno.EMFILE,
        FileSystemError.Internal => Errno.EIO,
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "no errno stands for this"),
    };
}
