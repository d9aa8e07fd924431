using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Native;

/// <summary>Zeroed memory outside the managed heap, from a page's beginning on: the kernel may copy from it without a pin.</summary>
internal sealed unsafe class NativePages : IDisposable
{
    public const int PageBytes = 4096;

    private byte* _start;

    public NativePages(int length)
    {
        _start = (byte*)NativeMemory.AlignedAlloc((nuint)length, PageBytes);
        NativeMemory.Clear(_start, (nuint)length);
        Length = length;
    }

    ~NativePages() => Free();

    public int Length { get; }

    public byte* Start => _start;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
