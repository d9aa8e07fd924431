namespace VirtualView.Engine.Options;

/// <summary>How long snapshots that have no name can be opened. The newest always can.</summary>
public sealed record KeepOptions
{
    /// <summary>So many of the newest.</summary>
    public int Count { get; init; } = 100;

    /// <summary>So long after something changed.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromDays(30);
}
