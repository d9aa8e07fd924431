namespace VirtualView.Simulation.Disk.Overlay;

/// <summary>What was done to a file of written bytes since it was synced: bytes at an offset, or, without bytes, another size.</summary>
internal sealed record FileChange(int Offset, byte[]? Bytes)
{
    /// <summary>What a disk writes at once.</summary>
    private const int SectorBytes = 512;

    public static byte[] Resized(byte[] bytes, int length)
    {
        Array.Resize(ref bytes, length);
        return bytes;
    }

    /// <summary>Applies it to a copy.</summary>
    public byte[] To(byte[] before)
    {
        if (Bytes is null) return Resized([.. before], Offset);
        var after = Resized([.. before], Math.Max(before.Length, Offset + Bytes.Length));
        Bytes.CopyTo(after, Offset);
        return after;
    }

    /// <summary>The parts that reach the disk, or do not, each for itself.</summary>
    public IEnumerable<FileChange> Parts()
    {
        if (Bytes is null)
        {
            yield return this;
            yield break;
        }

        for (var at = 0; at < Bytes.Length;)
        {
            var end = Math.Min(Bytes.Length, at + SectorBytes - ((Offset + at) % SectorBytes));
            yield return new FileChange(Offset + at, Bytes[at..end]);
            at = end;
        }
    }
}
