namespace VirtualView.Core.FileSystem;

/// <summary>What to look for in a file, from a position on.</summary>
public enum SeekTarget
{
    Data,
    Hole,
}
