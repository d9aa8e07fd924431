using VirtualView.Core.Snapshots;

namespace VirtualView.Simulation.Disk;

/// <summary>The part of the disk that holds what must survive.</summary>
public sealed class SimulatedStateDisk
{
    public Snapshot? Saved { get; set; }
}
