using VirtualView.Core.Blocks;

namespace VirtualView.Simulation.Disk;

/// <summary>What is cached of one version.</summary>
internal sealed class DiskPayload(PayloadIdentity identity)
{
    public PayloadIdentity Identity => identity;

    public SortedDictionary<long, DiskBlock> Blocks { get; } = [];

    public int Leases { get; set; }

    /// <summary>Deleted once no lease holds it.</summary>
    public bool IsDropped { get; set; }
}
