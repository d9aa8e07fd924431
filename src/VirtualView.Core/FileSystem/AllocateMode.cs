namespace VirtualView.Core.FileSystem;

/// <summary>What <c>fallocate</c> does with a range.</summary>
public enum AllocateMode
{
    /// <summary>Reserves room; the file grows to hold the range.</summary>
    Reserve,

    /// <summary>Reserves room and leaves the size alone.</summary>
    ReserveKeepingSize,

    /// <summary>The range reads as zeros and takes no room; the size stays.</summary>
    PunchHole,

    /// <summary>The range reads as zeros; the file grows to hold it.</summary>
    Zero,

    /// <summary>The range reads as zeros; the size stays.</summary>
    ZeroKeepingSize,
}
