namespace VirtualView.Core.Overlay;

/// <summary>What the sources had under a name that became local.</summary>
public enum HiddenKind
{
    /// <summary>Not known: a release that did not record it wrote the entry.</summary>
    NotRecorded,

    /// <summary>Nothing: the name was free.</summary>
    Nothing,

    File,

    Directory,

    Symlink,
}
