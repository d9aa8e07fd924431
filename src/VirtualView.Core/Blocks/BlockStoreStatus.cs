namespace VirtualView.Core.Blocks;

/// <summary>Counters of a block store since it was opened, and its present fill.</summary>
public sealed record BlockStoreStatus
{
    public required long CapacityBytes { get; init; }

    public required long UsedBytes { get; init; }

    public required long Blocks { get; init; }

    public required int Payloads { get; init; }

    public required long Hits { get; init; }

    public required long Misses { get; init; }

    public required long Evicted { get; init; }

    /// <summary>Blocks whose bytes did not match their checksum, dropped and fetched anew.</summary>
    public required long Damaged { get; init; }

    /// <summary>Puts that the disk refused or that found no room.</summary>
    public required long Refused { get; init; }

    /// <summary>Which step of the recovery ladder opened the store: <c>new</c>, <c>checkpoint</c>, <c>older checkpoint</c>, <c>salvaged</c>, <c>empty</c>.</summary>
    public required string OpenedFrom { get; init; }

    /// <summary>Bytes of blocks that are never evicted for room.</summary>
    public long PinnedBytes { get; init; }

    /// <summary>Payloads whose file was lent to the kernel: they are evicted whole.</summary>
    public int Lent { get; init; }

    /// <summary>What keeps the store from working as it should, for people: reads go on, uncached where needed. Null when all is well.</summary>
    public string? Reason { get; init; }

    public bool IsDegraded => Reason is not null;
}
