namespace VirtualView.Engine.Overlay.Changes;

/// <summary>How something local and what the sources have by now do not fit together.</summary>
public enum LocalConflictKind
{
    /// <summary>The sources have another version than the one that the local file was made from.</summary>
    BaseChanged,

    /// <summary>The sources do not have what it was made from any more.</summary>
    BaseGone,

    /// <summary>The sources have something of the name under which this was made here.</summary>
    NameTaken,

    /// <summary>What the sources have under the name is of another kind: a directory where a file is, or the reverse.</summary>
    OtherKind,
}
