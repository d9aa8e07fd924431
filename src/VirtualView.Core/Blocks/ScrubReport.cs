using System.Collections.Immutable;

namespace VirtualView.Core.Blocks;

/// <summary>What a scrub found. Blocks that were put, evicted or dropped while it ran are in no count but <see cref="Blocks"/>.</summary>
public sealed record ScrubReport
{
    /// <summary>At most so many blocks are named.</summary>
    public const int MostNamed = 100;

    /// <summary>Blocks whose bytes were compared with their checksum, right or wrong.</summary>
    public required long Blocks { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Blocks whose bytes are not those that were put.</summary>
    public required long Damaged { get; init; }

    /// <summary>Blocks of which the disk has no bytes: their file is gone, not ours, or too short.</summary>
    public required long Missing { get; init; }

    /// <summary>Files of which the index knows nothing.</summary>
    public required long Strays { get; init; }

    /// <summary>The first damaged or missing blocks.</summary>
    public ImmutableArray<DamagedBlock> First { get; init; } = [];

    public bool IsClean => Damaged == 0 && Missing == 0 && Strays == 0;
}
