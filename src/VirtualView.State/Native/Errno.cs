namespace VirtualView.State.Native;

/// <summary>The error numbers of Linux that this room tells apart.</summary>
internal static class Errno
{
    public const int None = 0;
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int NoSuchPosition = 6;
    public const int TryAgain = 11;
    public const int NoAccess = 13;
    public const int Exists = 17;
    public const int Invalid = 22;
    public const int TooManyInSystem = 23;
    public const int TooManyOpen = 24;
    public const int TooLarge = 27;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int NoSystemCall = 38;
    public const int NotSupported = 95;
    public const int OverQuota = 122;
}
