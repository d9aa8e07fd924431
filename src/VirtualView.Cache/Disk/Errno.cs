namespace VirtualView.Cache.Disk;

/// <summary>The error numbers of Linux that this room tells apart.</summary>
internal static class Errno
{
    public const int None = 0;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int Io = 5;
    public const int NoSpace = 28;
    public const int NotSupported = 95;
    public const int OverQuota = 122;
}
