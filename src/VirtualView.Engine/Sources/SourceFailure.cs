using VirtualView.Core.Outcomes;
using VirtualView.Core.Sources;

namespace VirtualView.Engine.Sources;

/// <summary>What the failure of the last source that could be asked means for a call on the view.</summary>
internal static class SourceFailure
{
    public static FileSystemError ToFileSystemError(SourceErrorKind kind) => kind switch
    {
        SourceErrorKind.NotFound => FileSystemError.NotFound,
        SourceErrorKind.Changed or SourceErrorKind.WrongKind => FileSystemError.Stale,
        SourceErrorKind.Denied => FileSystemError.AccessDenied,
        SourceErrorKind.Unreachable or SourceErrorKind.Throttled => FileSystemError.Unreachable,
        SourceErrorKind.TimedOut => FileSystemError.TimedOut,
        SourceErrorKind.Invalid => FileSystemError.Corrupt,
        SourceErrorKind.Unsupported => FileSystemError.NotSupported,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "every kind of failure has a meaning"),
    };
}
