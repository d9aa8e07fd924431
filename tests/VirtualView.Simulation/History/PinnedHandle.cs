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

    /// <summary>One content; several only for a name that was racy when it was given, which is the allowed residue.</summary>
    public bool Allows(long offset, ReadOnlySpan<byte> bytes)
    {
        if (!isRacy) return Last.Matches(offset, bytes);
        foreach (var version in versions)
        {
            if (version.File.Content.Matches(offset, bytes)) return true;
        }

        return false;
    }
}
