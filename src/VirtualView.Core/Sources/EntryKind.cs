namespace VirtualView.Core.Sources;

public enum EntryKind
{
    File,
    Directory,
    Symlink,
}
