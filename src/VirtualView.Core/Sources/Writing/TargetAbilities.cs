namespace VirtualView.Core.Sources.Writing;

/// <summary>What a target was proven to do.</summary>
public sealed record TargetAbilities
{
    public required ConditionProof Proof { get; init; }

    /// <summary>Ranges of a <see cref="DeltaBase"/> are copied there instead of being sent.</summary>
    public bool TakesDeltas { get; init; }

    /// <summary>A cut upload goes on where it was, also after a restart.</summary>
    public bool Resumes { get; init; }

    /// <summary>The file shows the time it was given, in the rounding of the protocol.</summary>
    public bool KeepsModifiedAt { get; init; }

    /// <summary>Lineage stays with the file and <see cref="IWriteTarget.LookAsync"/> tells it.</summary>
    public bool KeepsLineage { get; init; }

    /// <summary>
    /// False: what begins with a dot is in no list of the target, so no directory can be known to be empty. Then
    /// <see cref="IWriteTarget.DeleteAsync"/> refuses directories, and <see cref="IWriteTarget.ClearAsync"/> finds nothing.
    /// </summary>
    public bool ListsHiddenNames { get; init; }

    /// <summary>Up to here <see cref="IWriteTarget.PutAsync"/> is the better way.</summary>
    public long MostBytesAtOnce { get; init; }

    /// <summary>How many uploads the target takes at a time.</summary>
    public int MostUploads { get; init; } = 1;
}
