namespace VirtualView.Fuse.TestHost;

/// <summary>How a file answers reads.</summary>
public enum Temper
{
    /// <summary>At once.</summary>
    Warm,

    /// <summary>After a delay, on another thread.</summary>
    Cold,

    /// <summary>Never, until cancelled.</summary>
    Stuck,

    /// <summary>With an exception.</summary>
    Broken,
}
