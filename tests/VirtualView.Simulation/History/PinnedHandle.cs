using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.History;

/// <summary>What is known of one handle while its history is gone through.</summary>
internal sealed class PinnedHandle(OpenedEvent opened, IReadOnlyList<TrueVersion> versions)
{
    public OpenedEvent Opened => opened;

    /// <summary>All contents that ever had the name of the pinned version, the last one last.</summary>
    public IReadOnlyList<Content> Contents { get; } = [.. versions.Select(version => version.File.Content).Distinct()];

    public IReadOnlyList<TrueVersion> Versions => versions;

    public Content Last => versions[^1].File.Content;

    /// <summary>Contents that all bytes so far can be of.</summary>
    public HashSet<Content> StillPossible { get; } = [.. versions.Select(version => version.File.Content)];

    /// <summary>True once bytes were served that only the residue allows.</summary>
    public bool IsMixed => StillPossible.Count == 0;
}
