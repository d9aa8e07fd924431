namespace VirtualView.Fuse.Passthrough;

/// <summary>How all who have a node open read it: through the daemon, or where there is a backing file, without it.</summary>
internal sealed class OpenMode(int backingId)
{
    public int BackingId { get; } = backingId;

    /// <summary>Guarded by <see cref="OpenModes"/>.</summary>
    public int Opens { get; set; } = 1;
}
