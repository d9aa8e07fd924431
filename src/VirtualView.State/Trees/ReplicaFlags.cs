namespace VirtualView.State.Trees;

/// <summary>What follows in a replica, and what is the same as in its version. The bits are on disk: never change one.</summary>
[Flags]
internal enum ReplicaFlags : byte
{
    None = 0,
    StrengthMask = 0b11,
    HasTime = 1 << 2,
    TimeOfVersion = 1 << 3,
    HasTag = 1 << 4,
    SizeOfVersion = 1 << 5,
}
