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

    /// <summary>The snapshot does not say (ENODATA): nobody had looked there when it was taken.</summary>
    NotRecorded,

    /// <summary>No source that has the file answers.</summary>
    Unreachable,

    /// <summary>The deadline of the call passed.</summary>
    TimedOut,

    /// <summary>Sources answered, but with bytes or claims that cannot be trusted.</summary>
    Corrupt,
    Interrupted,
    NoSpace,
    QuotaExceeded,
    Exists,
    NotEmpty,

    /// <summary>The file system does not allow it to anyone (EPERM), whatever the permissions.</summary>
    NotPermitted,

    /// <summary>The place is one of another file system, or may not be moved (EXDEV).</summary>
    CrossesDevices,
    TooManyLinks,
    FileTooLarge,

    /// <summary>An attribute's value does not fit (E2BIG).</summary>
    TooBig,

    /// <summary>Nothing of the kind from there on (ENXIO), for a search for data or a hole.</summary>
    NoSuchPosition,
    Busy,
    TooManyOpenFiles,

    /// <summary>A defect of ours, logged with its cause.</summary>
    Internal,
}
