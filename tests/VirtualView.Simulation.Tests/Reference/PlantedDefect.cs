namespace VirtualView.Simulation.Tests.Reference;

/// <summary>What can be wrong with the reference file system, on purpose.</summary>
public enum PlantedDefect
{
    None,

    /// <summary>Reads with whatever validator the source has now.</summary>
    MixesVersions,

    /// <summary>Keeps blocks under the path, whatever the version.</summary>
    CachesByPath,

    /// <summary>What cannot be fetched reads as zeros.</summary>
    ReadsHoles,

    /// <summary>What cannot be fetched ends the read.</summary>
    ReadsShort,

    /// <summary>Loses its place in the file when a read begins in the middle of a block.</summary>
    ReadsElsewhere,

    /// <summary>Keeps blocks of racy versions.</summary>
    KeepsRacy,

    /// <summary>Gives its buffer away before the block store is done with it.</summary>
    ReusesBuffers,

    /// <summary>Takes a source that does not answer for one that has nothing.</summary>
    ForgetsUnreachable,

    /// <summary>Waits for a source for ever.</summary>
    WaitsForEver,

    /// <summary>Fails reads when the disk fails.</summary>
    NeedsTheDisk,

    /// <summary>Believes whatever a listing lacks.</summary>
    BelievesMassDeletion,

    /// <summary>Opens what it knew at the last poll.</summary>
    NeverAsksAtOpen,

    /// <summary>Lists only once.</summary>
    NeverLooksAgain,

    /// <summary>Throws where a caller cancels.</summary>
    ThrowsOnCancel,

    /// <summary>Opens a node although its name leads to another one by now.</summary>
    OpensSuperseded,

    /// <summary>Never gives back what it opened in the block store.</summary>
    LeaksLeases,

    /// <summary>Accepts as deleted whatever a source does not show, also of one that does not answer.</summary>
    AcceptsUnasked,

    /// <summary>Keeps what was accepted as deleted.</summary>
    NeverAccepts,

    /// <summary>Never closes a handle.</summary>
    LeaksHandles,

    /// <summary>Goes on with the thread pool.</summary>
    LeavesTheThread,
}
