namespace VirtualView.Core.Outcomes;

/// <summary>Why a call on the view failed. Every kernel boundary maps each of them, exhaustively.</summary>
public enum FileSystemError
{
    None,
    NotFound,

    /// <summary>The node or version is superseded; for a read: none of the sources has these bytes any more.</summary>
    Stale,
    NotADirectory,
    IsADirectory,
    NotASymlink,
    NameTooLong,
    AccessDenied,
    ReadOnly,
    BadHandle,
    InvalidArgument,
    NoAttribute,
    NotSupported,

    /// <summary>No source that has the file answers.</summary>
    Unreachable,

    /// <summary>The deadline of the call passed.</summary>
    TimedOut,

    /// <summary>Sources answered, but with bytes or claims that cannot be trusted.</summary>
    Corrupt,
    Interrupted,
    NoSpace,
    TooManyOpenFiles,

    /// <summary>A defect of ours, logged with its cause.</summary>
    Internal,
}
