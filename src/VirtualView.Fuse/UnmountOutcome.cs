namespace VirtualView.Fuse;

/// <summary>What came of an unmount.</summary>
public enum UnmountOutcome
{
    Unmounted,

    /// <summary>Programs have files open or work in it; nothing was changed.</summary>
    Busy,

    /// <summary>It was not mounted any more.</summary>
    NotMounted,
}
