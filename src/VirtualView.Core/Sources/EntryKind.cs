namespace VirtualView.Core.Sources;

/// <summary>What stands behind a name. The last four are only ever made locally: sources do not show them.</summary>
public enum EntryKind
{
    File,
    Directory,
    Symlink,
    Fifo,
    Socket,
    CharacterDevice,
    BlockDevice,
}
