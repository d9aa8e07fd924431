using Microsoft.Win32.SafeHandles;

namespace VirtualView.Fuse.Native;

/// <summary>An open file descriptor. A close waits for the calls on it that are under way.</summary>
internal sealed class Descriptor : SafeHandleMinusOneIsInvalid
{
    public Descriptor(int number)
        : base(ownsHandle: true) => SetHandle(number);

    public int Number => (int)handle;

    protected override bool ReleaseHandle() => LibC.Close((int)handle) == 0;
}
