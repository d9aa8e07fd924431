namespace VirtualView.Cache.Disk;

/// <summary>The error numbers of Linux that this room tells apart.</summary>
internal static class Errno
{
    public const int None = 0;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int Io = 5;
    public const int NoSuchPlace = 6;
    public const int NoAccess = 13;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int NoSystemCall = 38;
    public const int NotSupported = 95;
    public const int OverQuota = 122;

    public static bool IsUnsupported(int error) => error is NotSupported or NoSystemCall;

    public static bool IsFull(int error) => error is NoSpace or OverQuota;

    /// <summary>The number behind an exception of the class library, which keeps it where it has no exception of its own.</summary>
    public static int Of(Exception error) => error switch
    {
        UnauthorizedAccessException => NoAccess,
        IOException { HResult: > 0 and < 4096 } io => io.HResult,
        _ => Io,
    };
}
