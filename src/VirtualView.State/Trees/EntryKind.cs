namespace VirtualView.State.Trees;

/// <summary>What stands in front of an entry. The numbers are on disk: never change one.</summary>
internal enum EntryKind : byte
{
    Directory = 0,
    Symlink = 1,
    NamedFile = 2,
    File = 3,
}
