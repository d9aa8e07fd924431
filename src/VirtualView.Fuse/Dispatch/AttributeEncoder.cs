using VirtualView.Core.FileSystem;
using VirtualView.Core.Units;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch;

/// <summary>Puts attributes into the kernel's structs, with how long it may remember them.</summary>
internal sealed class AttributeEncoder(FuseMountOptions options, Negotiation negotiation)
{
    private const int BlockBytes = 512;

    /// <summary>One page: what C libraries then read at least, so that small reads stay small.</summary>
    private const uint PreferredReadBytes = 4096;

    private const uint StatxBasicStats = 0x7ff;

    public EntryOut Entry(in NodeAttributes node)
    {
        var entry = new EntryOut { NodeId = node.Node.Value, Attributes = Attributes(node) };
        (entry.EntrySeconds, entry.EntryNanoseconds) = Split(negotiation.NamesLive(options.EntryTtl));
        (entry.AttributeSeconds, entry.AttributeNanoseconds) = Split(options.AttributeTtl);
        return entry;
    }

    /// <summary>"There is no such name", to be remembered for a while.</summary>
    public EntryOut Absent()
    {
        var entry = default(EntryOut);
        (entry.EntrySeconds, entry.EntryNanoseconds) = Split(negotiation.NamesLive(options.NegativeTtl));
        return entry;
    }

    public AttributesOut Reply(in NodeAttributes node)
    {
        var reply = new AttributesOut { Attributes = Attributes(node) };
        (reply.ValidSeconds, reply.ValidNanoseconds) = Split(options.AttributeTtl);
        return reply;
    }

    public StatxOut StatxReply(in NodeAttributes node)
    {
        var reply = default(StatxOut);
        (reply.ValidSeconds, reply.ValidNanoseconds) = Split(options.AttributeTtl);
        reply.Statx = new Statx
        {
            Mask = StatxBasicStats,
            BlockSize = PreferredReadBytes,
            Links = node.Links,
            Uid = node.Uid,
            Gid = node.Gid,
            Mode = (ushort)Mode(node),
            InodeNumber = node.InodeNumber,
            Size = (ulong)node.SizeBytes,
            Blocks = Blocks(node),
            Accessed = Time(node.AccessedAt ?? node.ModifiedAt),
            Changed = Time(node.ChangedAt ?? node.ModifiedAt),
            Modified = Time(node.ModifiedAt),
            DeviceMajor = (node.Device & 0xfff00) >> 8, // <linux/kdev_t.h>, new_encode_dev
            DeviceMinor = (node.Device & 0xff) | ((node.Device >> 12) & 0xfff00),
        };
        return reply;
    }

    private static Attributes Attributes(in NodeAttributes node)
    {
        var accessed = node.AccessedAt ?? node.ModifiedAt;
        var changed = node.ChangedAt ?? node.ModifiedAt;
        return new Attributes
        {
            InodeNumber = node.InodeNumber,
            Size = (ulong)node.SizeBytes,
            Blocks = Blocks(node),
            AccessedSeconds = (ulong)accessed.Seconds,
            ModifiedSeconds = (ulong)node.ModifiedAt.Seconds,
            ChangedSeconds = (ulong)changed.Seconds,
            AccessedNanoseconds = (uint)accessed.SubsecondNanoseconds,
            ModifiedNanoseconds = (uint)node.ModifiedAt.SubsecondNanoseconds,
            ChangedNanoseconds = (uint)changed.SubsecondNanoseconds,
            Mode = Mode(node),
            Links = node.Links,
            Uid = node.Uid,
            Gid = node.Gid,
            Device = node.Device,
            BlockSize = PreferredReadBytes,
        };
    }

    private static uint Mode(in NodeAttributes node) => (FileTypes.Of(node.Kind) << 12) | ((uint)node.Mode & 0xfff);

    private static ulong Blocks(in NodeAttributes node) => ((ulong)(node.AllocatedBytes ?? node.SizeBytes) + BlockBytes - 1) / BlockBytes;

    private static StatxTime Time(UnixTime time) => new() { Seconds = time.Seconds, Nanoseconds = (uint)time.SubsecondNanoseconds };

    private static (ulong Seconds, uint Nanoseconds) Split(TimeSpan time) =>
        ((ulong)(time.Ticks / TimeSpan.TicksPerSecond), (uint)(time.Ticks % TimeSpan.TicksPerSecond * 100));
}
