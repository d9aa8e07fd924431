namespace VirtualView.Fuse.Wire;

/// <summary>The modes of <c>fallocate(2)</c> that the kernel passes on.</summary>
[Flags]
internal enum AllocateFlags : uint
{
    None = 0,
    KeepSize = 1 << 0,
    PunchHole = 1 << 1,
    ZeroRange = 1 << 4,
}
