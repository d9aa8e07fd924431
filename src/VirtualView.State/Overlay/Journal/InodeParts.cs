namespace VirtualView.State.Overlay.Journal;

/// <summary>What follows in an inode's record. The bits are on disk: never change one.</summary>
[Flags]
internal enum InodeParts : byte
{
    None = 0,
    Device = 1 << 0,
    Target = 1 << 1,
    BaseDirectory = 1 << 2,
    BaseFile = 1 << 3,
    KeepsAttributes = 1 << 4, // nothing follows
    All = Device | Target | BaseDirectory | BaseFile | KeepsAttributes,
}
