namespace VirtualView.Engine.Overlay.Changes;

/// <summary>What became of a path, compared with what the sources show.</summary>
public enum LocalChangeKind
{
    /// <summary>It was made here.</summary>
    Added,

    /// <summary>Bytes of a file of the sources were changed here, or another file or symbolic link stands in its place.</summary>
    Modified,

    /// <summary>Only its attributes were set.</summary>
    Attributes,

    /// <summary>It is of the sources, but from another path there.</summary>
    Moved,

    /// <summary>The sources have it, and it was taken away here.</summary>
    Deleted,
}
