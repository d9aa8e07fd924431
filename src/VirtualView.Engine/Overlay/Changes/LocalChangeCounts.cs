namespace VirtualView.Engine.Overlay.Changes;

/// <summary>How many paths are not what the sources show, by what became of them.</summary>
/// <param name="Outdated">Of these, how many lie over something that the sources have changed since.</param>
public sealed record LocalChangeCounts(long Added, long Modified, long Attributes, long Moved, long Deleted, long Outdated)
{
    public long Total => Added + Modified + Attributes + Moved + Deleted;

    public static LocalChangeCounts Of(IReadOnlyList<LocalChange> changes)
    {
        var kinds = changes.CountBy(change => change.Kind).ToDictionary();
        return new LocalChangeCounts(
            kinds.GetValueOrDefault(LocalChangeKind.Added),
            kinds.GetValueOrDefault(LocalChangeKind.Modified),
            kinds.GetValueOrDefault(LocalChangeKind.Attributes),
            kinds.GetValueOrDefault(LocalChangeKind.Moved),
            kinds.GetValueOrDefault(LocalChangeKind.Deleted),
            changes.Count(change => change.IsOutdated));
    }
}
