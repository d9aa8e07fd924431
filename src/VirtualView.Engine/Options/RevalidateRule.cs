namespace VirtualView.Engine.Options;

/// <summary>When a source is asked although the view has an answer.</summary>
public enum RevalidateRule
{
    /// <summary>What is looked into or opened, and was asked for longer ago than the poll interval.</summary>
    Stale,

    /// <summary>The same, and every file that is opened.</summary>
    Always,

    /// <summary>Never: only the poll asks.</summary>
    Never,
}
