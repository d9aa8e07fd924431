namespace VirtualView.Core.Sources;

/// <summary>What went wrong at a source, in the terms by which the next step is chosen.</summary>
public enum SourceErrorKind
{
    /// <summary>The source answered that there is no such entry.</summary>
    NotFound,

    /// <summary>The entry is there but is not the expected version any more.</summary>
    Changed,

    /// <summary>The source refuses our credentials for this.</summary>
    Denied,

    /// <summary>No connection, or it broke: try again, or elsewhere.</summary>
    Unreachable,

    /// <summary>It did not answer, or stopped sending, in time.</summary>
    TimedOut,

    /// <summary>It asks for patience (429, 503).</summary>
    Throttled,

    /// <summary>An answer that contradicts itself or the protocol: too short, wrong range, unreadable listing.</summary>
    Invalid,

    /// <summary>The source cannot do this at all: no ranges, no listing.</summary>
    Unsupported,

    /// <summary>A name that stands for something else than it was asked for: a directory where a file was expected.</summary>
    WrongKind,
}
