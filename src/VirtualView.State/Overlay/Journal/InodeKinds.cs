using VirtualView.Core.Overlay;
using VirtualView.Core.Sources;

namespace VirtualView.State.Overlay.Journal;

/// <summary>Kinds of inodes on disk, and what belongs to which. The numbers are on disk: never change one.</summary>
internal static class InodeKinds
{
    public static byte ToByte(EntryKind kind) => kind switch
    {
        EntryKind.File => 0,
        EntryKind.Directory => 1,
        EntryKind.Symlink => 2,
        EntryKind.Fifo => 3,
        EntryKind.Socket => 4,
        EntryKind.CharacterDevice => 5,
        EntryKind.BlockDevice => 6,
        _ => throw new NotSupportedException($"an inode of kind {kind} cannot be kept: give it a number in {nameof(InodeKinds)}"),
    };

    public static EntryKind? FromByte(byte kind) => kind switch
    {
        0 => EntryKind.File,
        1 => EntryKind.Directory,
        2 => EntryKind.Symlink,
        3 => EntryKind.Fifo,
        4 => EntryKind.Socket,
        5 => EntryKind.CharacterDevice,
        6 => EntryKind.BlockDevice,
        _ => null,
    };

    /// <summary>What of an inode contradicts its kind; null when nothing does.</summary>
    public static string? Contradiction(LocalInodeRecord inode) => inode switch
    {
        { Id.Value: 0 or > long.MaxValue } => "an id that cannot be",
        { BaseDirectory: not null, Kind: not EntryKind.Directory } => "the base of a directory",
        { BaseFile: not null, Kind: not EntryKind.File } => "the base of a file",
        { Target.Length: > 0, Kind: not EntryKind.Symlink } => "the target of a symbolic link",
        { Id.Value: 1, Kind: not EntryKind.Directory } => "the place of the root",
        { BaseFile: { } lies } when lies.ShownBytes < 0 || lies.SizeBytes < 0 || lies.ShownBytes > lies.Version.SizeBytes => "a size that cannot be",
        _ => null,
    };
}
