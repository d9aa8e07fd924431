using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.History;

/// <summary>What is known of one handle while its history is gone through.</summary>
internal sealed class PinnedHandle(OpenedEvent opened, IReadOnlyList<TrueVersion> versions, bool isRacy)
{
    private List<Content> _possible = [.. versions.Select(version => version.File.Content).Distinct()];

    public OpenedEvent Opened => opened;

    public IReadOnlyList<TrueVersion> Versions => versions;

    /// <summary>The content that the name stands for: the last one that had it.</summary>
    public Content Last => versions[^1].File.Content;

    /// <summary>True when rewrites within one clock step gave the name to several contents.</summary>
    public bool IsAmbiguous { get; } = versions.Any(version => version.File.Content != versions[^1].File.Content);

    /// <summary>
    /// One content. A name that was racy when it was given may stand for several: then it is the same one for all that the
    /// handle gives, whole, where tags tell them apart, and any of them for each byte where nothing does: the allowed residue.
    /// </summary>
    public bool Allows(long offset, ReadOnlySpan<byte> bytes)
    {
        if (!isRacy) return Last.Matches(offset, bytes);
        if (versions.All(version => version.Tag is not null)) return AllowsOne(offset, bytes);
        for (var at = 0; at < bytes.Length; at++)
        {
            if (!IsOfAny(offset + at, bytes.Slice(at, 1))) return false;
        }

        return true;
    }

    private bool AllowsOne(long offset, ReadOnlySpan<byte> bytes)
    {
        var left = new List<Content>();
        foreach (var content in _possible)
        {
            if (content.Matches(offset, bytes)) left.Add(content);
        }

        if (left.Count == 0) return false;
        _possible = left;
        return true;
    }

    private bool IsOfAny(long offset, ReadOnlySpan<byte> bytes)
    {
        foreach (var version in versions)
        {
            if (version.File.Content.Matches(offset, bytes)) return true;
        }

        return false;
    }
}
