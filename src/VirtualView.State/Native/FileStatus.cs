using System.Runtime.InteropServices;
using VirtualView.Core.Overlay;
using VirtualView.Core.Units;

namespace VirtualView.State.Native;

/// <summary>The fields of Linux's <c>struct statx</c> that are used.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct FileStatus
{
    private const long SectorBytes = 512;

    [FieldOffset(40)]
    private readonly long _size;
    [FieldOffset(48)]
    private readonly long _sectors;
    [FieldOffset(96)]
    private readonly long _changedSeconds;
    [FieldOffset(104)]
    private readonly int _changedNanoseconds;
    [FieldOffset(112)]
    private readonly long _modifiedSeconds;
    [FieldOffset(120)]
    private readonly int _modifiedNanoseconds;

    public OverlayFileFacts ToFacts() => new(
        _size, _sectors * SectorBytes, UnixTime.FromSeconds(_modifiedSeconds, _modifiedNanoseconds), UnixTime.FromSeconds(_changedSeconds, _changedNanoseconds));
}
