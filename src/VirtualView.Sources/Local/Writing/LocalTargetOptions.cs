namespace VirtualView.Sources.Local.Writing;

/// <summary>How a folder is written to.</summary>
public sealed record LocalTargetOptions
{
    /// <summary>The folder, and how many calls may occupy a thread at the same time.</summary>
    public required LocalSourceOptions Source { get; init; }

    /// <summary>Permission bits of new files, before the umask. A file that replaces another has that one's.</summary>
    public int FileMode { get; init; } = 0b110_110_110;

    /// <summary>Permission bits of new directories, before the umask.</summary>
    public int DirMode { get; init; } = 0b111_111_111;

    /// <summary>Called between the look at what is there and the change; tests are somebody else meanwhile.</summary>
    internal Action? BeforeExchange { get; init; }
}
