using VirtualView.Core.Outcomes;

namespace VirtualView.State.Native;

/// <summary>What an error number of the disk means to whoever called the view.</summary>
internal static class DiskErrors
{
    public static FileSystemError Of(int errno) => errno switch
    {
        Errno.None => FileSystemError.None,
        Errno.NoEntry => FileSystemError.NotFound,
        Errno.NoSpace => FileSystemError.NoSpace,
        Errno.OverQuota => FileSystemError.QuotaExceeded,
        Errno.TooLarge => FileSystemError.FileTooLarge,
        Errno.Invalid => FileSystemError.InvalidArgument,
        Errno.ReadOnly => FileSystemError.ReadOnly,
        Errno.NoAccess or Errno.NotPermitted => FileSystemError.AccessDenied,
        Errno.TooManyOpen or Errno.TooManyInSystem => FileSystemError.TooManyOpenFiles,
        Errno.NotSupported or Errno.NoSystemCall => FileSystemError.NotSupported,
        Errno.NoSuchPosition => FileSystemError.NoSuchPosition,
        _ => FileSystemError.Internal, // EIO and its kin, which the kernel is told as EIO
    };

    /// <summary>True for what the caller can do nothing about, so that the log must say it.</summary>
    public static bool IsTrouble(FileSystemError error) =>
        error is FileSystemError.Internal or FileSystemError.AccessDenied or FileSystemError.ReadOnly;
}
