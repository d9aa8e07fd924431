using VirtualView.Core.Sources;

namespace VirtualView.Fuse.Dispatch;

/// <summary>The type bits of a mode, shifted down, which are a directory entry's type as well.</summary>
internal static class FileTypes
{
    public const uint Fifo = 1;
    public const uint CharacterDevice = 2;
    public const uint Directory = 4;
    public const uint BlockDevice = 6;
    public const uint Regular = 8;
    public const uint Symlink = 10;
    public const uint Socket = 12;

    public static uint Of(EntryKind kind) => kind switch
    {
        EntryKind.File => Regular,
        EntryKind.Directory => Directory,
        EntryKind.Symlink => Symlink,
        EntryKind.Fifo => Fifo,
        EntryKind.Socket => Socket,
        EntryKind.CharacterDevice => CharacterDevice,
        EntryKind.BlockDevice => BlockDevice,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no file type stands for this"),
    };

    /// <summary>What MKNOD makes, by the type bits of its mode; null for what it cannot.</summary>
    public static EntryKind? OfMode(uint mode) => ((mode >> 12) & 0xf) switch
    {
        0 or Regular => EntryKind.File,
        Fifo => EntryKind.Fifo,
        Socket => EntryKind.Socket,
        CharacterDevice => EntryKind.CharacterDevice,
        BlockDevice => EntryKind.BlockDevice,
        _ => null,
    };
}
