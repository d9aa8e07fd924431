using VirtualView.Core.FileSystem;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>What calls do to the bytes of a file, as plainly as can be. None changes what it is given.</summary>
internal static class Bytes
{
    public static byte[] Resized(byte[] bytes, int length)
    {
        var after = new byte[length];
        bytes.AsSpan(0, Math.Min(length, bytes.Length)).CopyTo(after);
        return after;
    }

    public static byte[] Part(byte[] bytes, int offset, int length) =>
        offset >= bytes.Length ? [] : bytes[offset..Math.Min(bytes.Length, offset + length)];

    public static byte[] Put(byte[] bytes, int offset, byte[] part)
    {
        if (part.Length == 0) return bytes;
        var after = Resized(bytes, Math.Max(bytes.Length, offset + part.Length));
        part.CopyTo(after, offset);
        return after;
    }

    public static byte[] Allocated(byte[] bytes, AllocateMode mode, int offset, int length)
    {
        var grows = mode is AllocateMode.Reserve or AllocateMode.Zero;
        var after = Resized(bytes, grows ? Math.Max(bytes.Length, offset + length) : bytes.Length);
        if (mode is AllocateMode.Reserve or AllocateMode.ReserveKeepingSize) return after;
        var from = Math.Min(offset, after.Length);
        after.AsSpan(from, Math.Min(length, after.Length - from)).Clear();
        return after;
    }
}
