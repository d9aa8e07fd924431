using System.Numerics;

namespace VirtualView.Cache;

/// <summary>Where a block store lies and how large it may grow.</summary>
public sealed record BlockStoreOptions
{
    public const int SmallestBlockBytes = 64 << 10;

    public const int LargestBlockBytes = 16 << 20;

    /// <summary>The folder is the store's alone: strange files in its sub-folders are deleted.</summary>
    public required string Folder { get; init; }

    /// <summary>Upper bound of the bytes of all blocks together.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>A power of two from 64 KiB to 16 MiB. A store of another block size starts anew.</summary>
    public int BlockSizeBytes { get; init; } = 256 << 10;

    /// <summary>The disk keeps at least so much free for others: blocks are evicted for it.</summary>
    public long MinFreeBytes { get; init; } = 1L << 30;

    /// <summary>Prove a block by its checksum at every read, not only at the first one in this process.</summary>
    public bool VerifyAlways { get; init; }

    /// <summary>What was put longer ago than this survives a crash.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A checkpoint is made earlier than its interval after so many bytes put.</summary>
    public long CheckpointBytes { get; init; } = 256L << 20;

    /// <summary>How often the hash table goes with a checkpoint: the log after it is replayed at the next start.</summary>
    public TimeSpan TableCheckpointInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Upper bound of the payload files kept open.</summary>
    public int OpenFiles { get; init; } = 512;

    /// <exception cref="ArgumentException">A value is out of its bounds.</exception>
    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(BlockSizeBytes, SmallestBlockBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BlockSizeBytes, LargestBlockBytes);
        if (!BitOperations.IsPow2(BlockSizeBytes))
            throw new ArgumentException($"the block size {BlockSizeBytes} is no power of two", nameof(BlockSizeBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(CapacityBytes, BlockSizeBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MinFreeBytes);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CheckpointInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CheckpointBytes, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(OpenFiles, 1);
    }
}
