using FASTER.core;
using VirtualView.Cache.Disk;

namespace VirtualView.Cache.Index;

/// <summary>A write that FASTER asked for. Its bytes stay where they are until it is told that they are written.</summary>
internal sealed unsafe record IndexWrite(
    IndexDevice Device, int Segment, nint From, long Offset, uint LengthBytes, DeviceIOCompletionCallback Callback, object Context)
{
    /// <summary>A hash table comes in one write of up to 4 GiB.</summary>
    private const uint PieceBytes = 64 << 20;

    /// <summary>An error number, 0 when it is written.</summary>
    public int Run(IDisk disk)
    {
        var error = Device.TryOpen(Segment, out var file);
        for (var done = 0u; error == Errno.None && done < LengthBytes; done += Math.Min(PieceBytes, LengthBytes - done))
        {
            var piece = new ReadOnlySpan<byte>((byte*)From + done, (int)Math.Min(PieceBytes, LengthBytes - done));
            error = disk.Write(file!, piece, Offset + done);
        }

        return error;
    }

    public void End(int error) => Callback((uint)error, error == Errno.None ? LengthBytes : 0, Context);
}
