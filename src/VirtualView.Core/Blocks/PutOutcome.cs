namespace VirtualView.Core.Blocks;

public enum PutOutcome
{
    Stored,

    /// <summary>The block was there already.</summary>
    Present,

    /// <summary>No room within the quota or on the disk; the bytes were not kept, and nothing else was lost.</summary>
    NoRoom,

    /// <summary>The disk refused; the bytes were not kept. Counted and logged by the store.</summary>
    Failed,
}
