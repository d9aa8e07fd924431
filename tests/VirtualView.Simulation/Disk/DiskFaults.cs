namespace VirtualView.Simulation.Disk;

/// <summary>What is wrong with the disk at the moment.</summary>
[Flags]
public enum DiskFaults
{
    None = 0,

    /// <summary>Every put finds no room.</summary>
    Full = 1,

    /// <summary>Every second put fails.</summary>
    Failing = 2,
}
