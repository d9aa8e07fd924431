namespace VirtualView.Cache.Disk;

/// <summary>What stands at a path.</summary>
internal enum EntryKind
{
    /// <summary>Nothing, or what cannot be looked at.</summary>
    None,

    File,

    Folder,

    /// <summary>A link to nowhere, a pipe, a socket, a device: opening one may wait for ever.</summary>
    Other,
}
