namespace VirtualView.Core.Blocks;

/// <summary>What the block store can say of a read without waiting.</summary>
public enum BlockRead
{
    /// <summary>Every byte was there, proven, and is now in the buffer.</summary>
    Hit,

    /// <summary>At least one block is not in the store, or was found damaged and dropped.</summary>
    Miss,

    /// <summary>The blocks are there, but the disk would block or a block must be proven first: read asynchronously.</summary>
    WouldBlock,
}
