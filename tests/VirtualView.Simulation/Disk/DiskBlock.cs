using VirtualView.Core.Versions;

namespace VirtualView.Simulation.Disk;

/// <summary>A block as the disk has it.</summary>
internal sealed class DiskBlock(byte[] bytes, SourceId source)
{
    public byte[] Bytes => bytes;

    public SourceId Source => source;

    public bool IsDurable { get; set; }

    public bool IsDamaged { get; set; }
}
