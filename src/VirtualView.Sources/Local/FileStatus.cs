using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Local;

/// <summary>What the kernel says of an entry at one moment.</summary>
/// <param name="Kind">Null for what is never shown: FIFOs, sockets, devices.</param>
/// <param name="ChangedAt">ctime: moves with every change of content, but also with chmod and links.</param>
internal readonly record struct FileStatus(EntryKind? Kind, long SizeBytes, UnixTime ModifiedAt, UnixTime ChangedAt)
{
    private const int TypeMask = 0xF000;

    public ulong Inode { get; private init; }

    /// <summary>With set-user-ID, set-group-ID and sticky bit.</summary>
    public int Permissions { get; private init; }

    public uint Uid { get; private init; }

    public uint Gid { get; private init; }

    public static FileStatus From(in StatxBuffer raw) =>
        new(
            (raw.Mode & TypeMask) switch
            {
                0x8000 => EntryKind.File,
                0x4000 => EntryKind.Directory,
                0xA000 => EntryKind.Symlink,
                _ => null,
            },
            (long)raw.Size,
            ToTime(raw.ModifiedSeconds, raw.ModifiedNanoseconds),
            ToTime(raw.ChangedSeconds, raw.ChangedNanoseconds))
        {
            Inode = raw.Inode,
            Permissions = raw.Mode & ~TypeMask,
            Uid = raw.Uid,
            Gid = raw.Gid,
        };

    public Validator ToValidator(UnixTime now) => new(RacyWindow.StrengthOf(ModifiedAt, now), SizeBytes, ModifiedAt, Tag: null);

    // Some file systems keep times that UnixTime cannot hold (before 1677, after 2262): they show as the nearest.
    private static UnixTime ToTime(long seconds, uint nanoseconds)
    {
        const long limit = (long.MaxValue / 1_000_000_000) - 1;
        return UnixTime.FromSeconds(Math.Clamp(seconds, -limit, limit), (int)nanoseconds);
    }
}
