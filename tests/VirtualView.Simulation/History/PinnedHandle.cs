using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.History;

/// <summary>What is known of one handle while its history is gone through.</summary>
internal sealed class PinnedHandle(OpenedEvent opened, IReadOnlyList<TrueVersion> versions, bool isRacy)
{
    public OpenedEvent Opened => opened;

    public IReadOnlyList<TrueVersion> Versions => versions;

    /// <summary>The content that the name stands for: the last one that had it.</summary>
    public Content Last => versions[^1].File.Content;

    /// <summary>True when rewrites within one clock step gave the name to several contents.</summary>
    public bool IsAmbiguous { get; } = versions.Any(version => version.File.Content != versions[^1].File.Content);

    /// <summary>
    /// One content; of a name that was racy when it was given, any of its contents for each byte: the allowed residue.
    /// </summary>
    public bool Allows(long offset, ReadOnlySpan<byte> bytes)
    {
        if (Last.Matches(offset, bytes)) return true;
        if (!isRacy) return false;
        for (var at = 0; at < bytes.Length; at++)
        {
            if (!IsOfAny(offset + at, bytes.Slice(at, 1))) return false;
        }

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
