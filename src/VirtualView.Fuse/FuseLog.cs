using Microsoft.Extensions.Logging;
using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse;

internal static partial class FuseLog
{
    [LoggerMessage(1, LogLevel.Error, "A request of {Bytes} bytes is not one")]
    public static partial void Malformed(ILogger logger, int bytes);

    [LoggerMessage(2, LogLevel.Error, "{Opcode} of node {Node} failed")]
    public static partial void OperationFailed(ILogger logger, FuseOpcode opcode, ulong node, Exception cause);

    [LoggerMessage(3, LogLevel.Error, "The kernel refused the reply to request {Unique} with errno {Errno}")]
    public static partial void ReplyRefused(ILogger logger, ulong unique, int errno);

    [LoggerMessage(4, LogLevel.Information, "Mounted at {MountPoint} ({Method}, protocol 7.{Minor}, {Readers} readers, flags {Flags})")]
    public static partial void Mounted(ILogger logger, string mountPoint, string method, uint minor, int readers, InitFlags flags);

    [LoggerMessage(5, LogLevel.Information, "The mount at {MountPoint} has ended (errno {Errno})")]
    public static partial void Ended(ILogger logger, string mountPoint, int errno);

    [LoggerMessage(6, LogLevel.Warning, "Detached a dead mount at {MountPoint}")]
    public static partial void StaleDetached(ILogger logger, string mountPoint);

    [LoggerMessage(7, LogLevel.Information, "Read-ahead of {MountPoint} stays as the kernel has it: {Reason}")]
    public static partial void ReadAheadKept(ILogger logger, string mountPoint, string reason);

    [LoggerMessage(8, LogLevel.Warning, "{Count} notifications dropped: names are looked up again ({Means})")]
    public static partial void NotificationsDropped(ILogger logger, int count, string means);

    [LoggerMessage(9, LogLevel.Warning, "{Count} calls have not ended {Seconds} s after the mount did")]
    public static partial void CallsLeft(ILogger logger, int count, double seconds);

    [LoggerMessage(10, LogLevel.Error, "A {Thread} thread failed")]
    public static partial void ThreadFailed(ILogger logger, string thread, Exception cause);

    [LoggerMessage(11, LogLevel.Debug, "The kernel refused a notification with errno {Errno}")]
    public static partial void NotificationRefused(ILogger logger, int errno);

    [LoggerMessage(12, LogLevel.Information, "Every read goes through the daemon: {Reason}")]
    public static partial void NotPassedThrough(ILogger logger, string reason);

    [LoggerMessage(13, LogLevel.Error, "What was written through handle {Handle} could not be kept when it was released: {Error}")]
    public static partial void NotSaved(ILogger logger, ulong handle, FileSystemError error);
}
