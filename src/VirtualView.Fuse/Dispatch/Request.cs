using System.Runtime.InteropServices;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Errors;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch;

/// <summary>A request as it lies in the receive buffer: valid until the operation returns.</summary>
internal readonly ref struct Request
{
    private Request(InHeader header, ReadOnlySpan<byte> payload, DeviceChannel channel)
    {
        Header = header;
        Payload = payload;
        Channel = channel;
    }

    public InHeader Header { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public DeviceChannel Channel { get; }

    public NodeId Node => new(Header.NodeId);

    public Caller Caller => new(Header.Uid, Header.Gid);

    /// <summary>False for bytes that are no request: there is nothing in them to reply to.</summary>
    public static unsafe bool TryParse(ReadOnlySpan<byte> message, DeviceChannel channel, out Request request)
    {
        request = default;
        if (!MemoryMarshal.TryRead<InHeader>(message, out var header) || header.Length != message.Length) return false;
        request = new Request(header, message[sizeof(InHeader)..], channel);
        return true;
    }

    /// <summary>The argument at the beginning of the payload; false if that is too short.</summary>
    public bool TryGet<T>(out T argument)
        where T : unmanaged => MemoryMarshal.TryRead(Payload, out argument);

    /// <summary>The name that begins at <paramref name="from"/> in the payload, without its NUL; false if there is none.</summary>
    public bool TryGetName(int from, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (from >= Payload.Length) return false;
        var rest = Payload[from..];
        var end = rest.IndexOf((byte)0);
        if (end <= 0) return false;
        name = rest[..end];
        return true;
    }

    /// <summary>The component of a path that begins at <paramref name="from"/>. Zero, or why there is none.</summary>
    public int ParseName(int from, out PathName name)
    {
        name = default;
        if (!TryGetName(from, out var bytes)) return Errno.EINVAL;
        if (bytes.Length > PathName.MaxBytes) return Errno.ENAMETOOLONG;
        return PathName.TryCreate(bytes, out name) ? 0 : Errno.ENOENT;
    }
}
