namespace VirtualView.Core.FileSystem;

/// <summary>What a handle is opened for.</summary>
[Flags]
public enum OpenIntent
{
    Read = 1,
    Write = 2,
    Truncate = 4,
}
