using VirtualView.Core.Sources;

namespace VirtualView.Fuse.Dispatch;

/// <summary>The type bits of a mode, shifted down, which are a directory entry's type as well.</summary>
internal static class FileTypes
{
    public const uint Directory = 4;
    public const uint Regular = 8;
    public const uint Symlink = 10;

    public static uint Of(EntryKind kind) => kind switch
    {
        EntryKind.File => Regular,
        EntryKind.Directory => Directory,
        EntryKind.Symlink => Symlink,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no file type stands for this"),
    };
}
