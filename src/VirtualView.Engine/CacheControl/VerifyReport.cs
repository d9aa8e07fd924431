using System.Collections.Immutable;

namespace VirtualView.Engine.CacheControl;

/// <summary>What a check of all cached blocks found, and mended if it was told to.</summary>
public sealed record VerifyReport
{
    public required long Blocks { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Blocks whose bytes are not those that were stored. None of them is ever served.</summary>
    public required long Damaged { get; init; }

    /// <summary>Blocks that the index promises and no file has.</summary>
    public required long Missing { get; init; }

    /// <summary>Files and blocks that no index knows.</summary>
    public required long Strays { get; init; }

    /// <summary>True when all of that was dropped.</summary>
    public required bool IsRepaired { get; init; }

    /// <summary>Damaged blocks that were fetched again; the others are when they are read.</summary>
    public required long Refetched { get; init; }

    /// <summary>The first damaged blocks.</summary>
    public required ImmutableArray<DamagedPart> Damage { get; init; }

    public bool IsClean => Damaged == 0 && Missing == 0 && Strays == 0;
}
