using System.Buffers;
using System.Runtime.InteropServices;
using VirtualView.Fuse.Native;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Device;

/// <summary>
/// Room for one reply outside the managed heap. The payload begins at a page, for reads that like alignment; the
/// header lies directly before it, so that both go out in one write without a copy.
/// </summary>
internal sealed unsafe class ReplyBuffer : MemoryManager<byte>
{
    private readonly NativePages _pages;

    public ReplyBuffer(int capacity)
    {
        _pages = new NativePages(NativePages.PageBytes + capacity);
        Capacity = capacity;
    }

    public int Capacity { get; }

    public Span<byte> Payload => new(_pages.Start + NativePages.PageBytes, Capacity);

    public byte* Message => _pages.Start + NativePages.PageBytes - sizeof(OutHeader);

    /// <summary>Makes <paramref name="value"/> the payload; its size is the answer's.</summary>
    public int Put<T>(in T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(Payload, in value);
        return sizeof(T);
    }

    /// <summary>Makes one value after the other the payload; their size is the answer's.</summary>
    public int Put<TFirst, TSecond>(in TFirst first, in TSecond second)
        where TFirst : unmanaged
        where TSecond : unmanaged
    {
        MemoryMarshal.Write(Payload[Put(first)..], in second);
        return sizeof(TFirst) + sizeof(TSecond);
    }

    /// <summary>Makes the bytes the payload; their number is the answer's.</summary>
    public int Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Payload);
        return bytes.Length;
    }

    public override Span<byte> GetSpan() => Payload;

    public override MemoryHandle Pin(int elementIndex = 0) => new(_pages.Start + NativePages.PageBytes + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _pages.Dispose();
    }
}
