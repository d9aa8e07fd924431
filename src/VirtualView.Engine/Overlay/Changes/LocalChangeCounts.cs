namespace VirtualView.Engine.Overlay.Changes;

/// <summary>How many paths are not what the sources show, by what became of them.</summary>
/// <param name="Outdated">Of these, how many lie over something that the sources have changed since.</param>
public sealed record LocalChangeCounts(long Added, long Modified, long Attributes, long Moved, long Deleted, long Outdated)
{
    public long Total => Added + Modified + Attributes + Moved + Deleted;

    /// <param name="kinds">By <see cref="LocalChangeKind"/>.</param>
    internal static LocalChangeCounts Of(ReadOnlySpan<long> kinds, long outdated) => new(
        kinds[(int)LocalChangeKind.Added],
        kinds[(int)LocalChangeKind.Modified],
        kinds[(int)LocalChangeKind.Attributes],
        kinds[(int)LocalChangeKind.Moved],
        kinds[(int)LocalChangeKind.Deleted],
        outdated);
}
