namespace VirtualView.Core.Sources.Writing;

/// <summary>What went wrong at a target, in the terms by which the next step is chosen.</summary>
public enum WriteErrorKind
{
    /// <summary>The condition does not hold; nothing was changed. A conflict, if what is there is not our own.</summary>
    Changed,

    /// <summary>
    /// Two other writers came in the same instant: the file of one is shown, that of the other is kept beside it, and
    /// ours is not shown. A conflict.
    /// </summary>
    Displaced,

    /// <summary>What should be renamed or removed is not there, or the directory above is not.</summary>
    NotFound,

    /// <summary>A directory that is not empty.</summary>
    NotEmpty,

    /// <summary>A directory where a file should be, or the other way round. A conflict.</summary>
    WrongKind,

    /// <summary>The target refuses our credentials for this.</summary>
    Denied,

    /// <summary>No room, or the quota is used up: it is said to who asks, and tried again.</summary>
    Full,

    /// <summary>The target never takes a file of this size.</summary>
    TooLarge,

    /// <summary>Somebody holds a lock on it, or the target asks for patience: again later.</summary>
    Busy,

    /// <summary>It cannot be reached, and nothing was changed: again later.</summary>
    Unreachable,

    /// <summary>The request was sent and its answer was lost: it may have happened. The caller looks before it tries again.</summary>
    Uncertain,

    /// <summary>The content could not be read to its end: <see cref="WriteError.Message"/> says what is missing.</summary>
    ContentLost,

    /// <summary>An answer that contradicts itself or the protocol, or what was staged is not what was sent.</summary>
    Invalid,

    /// <summary>The target cannot do this at all, or not safely.</summary>
    Unsupported,
}
