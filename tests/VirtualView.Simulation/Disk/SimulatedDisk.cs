using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Disk;

/// <summary>What lies on the disk. It outlives the processes that use it.</summary>
public sealed class SimulatedDisk(int blockSizeBytes, int capacityBlocks, SeededRandom random)
{
    private readonly Dictionary<VersionId, DiskPayload> _payloads = [];

    public int BlockSizeBytes => blockSizeBytes;

    public int CapacityBlocks => capacityBlocks;

    public DiskFaults Faults { get; set; }

    public int Evicted { get; private set; }

    /// <summary>What the process has opened and not given back.</summary>
    public int Leases { get; private set; }

    public int Blocks => _payloads.Values.Sum(payload => payload.Blocks.Count);

    public int Payloads => _payloads.Count;

    public long UsedBytes => _payloads.Values.Sum(payload => payload.Blocks.Values.Sum(block => (long)block.Bytes.Length));

    internal SeededRandom Random => random;

    /// <summary>Power loss or <c>kill -9</c>: all that was checkpointed stays, and of the rest a random part.</summary>
    public void Crash()
    {
        Leases = 0;
        foreach (var payload in _payloads.Values.ToArray())
        {
            foreach (var (number, _) in payload.Blocks.Where(block => !block.Value.IsDurable && random.Chance(0.5)).ToArray())
                payload.Blocks.Remove(number);
            payload.Leases = 0;
            if (payload.IsDropped || payload.Blocks.Count == 0) _payloads.Remove(payload.Identity.Version);
        }
    }

    public void Evict(double share)
    {
        foreach (var payload in _payloads.Values)
        {
            foreach (var number in payload.Blocks.Keys.Where(_ => random.Chance(share)).ToArray())
            {
                payload.Blocks.Remove(number);
                Evicted++;
            }
        }
    }

    public void Damage(double share)
    {
        foreach (var block in _payloads.Values.SelectMany(payload => payload.Blocks.Values))
            block.IsDamaged |= random.Chance(share);
    }

    internal int DamagedBlocks => _payloads.Values.Sum(payload => payload.Blocks.Values.Count(block => block.IsDamaged));

    internal long BytesOf(VersionId version) =>
        _payloads.TryGetValue(version, out var payload) ? payload.Blocks.Values.Sum(block => (long)block.Bytes.Length) : 0;

    internal long Evict(VersionId version)
    {
        var bytes = BytesOf(version);
        if (_payloads.TryGetValue(version, out var payload)) payload.Blocks.Clear();
        return bytes;
    }

    internal void DropDamaged()
    {
        foreach (var payload in _payloads.Values)
        foreach (var (number, _) in payload.Blocks.Where(block => block.Value.IsDamaged).ToArray())
            payload.Blocks.Remove(number);
    }

    /// <summary>The blocks that the next <see cref="MakeDurable"/> is about.</summary>
    internal DiskBlock[] Undurable() =>
        [.. _payloads.Values.SelectMany(payload => payload.Blocks.Values).Where(block => !block.IsDurable)];

    internal static void MakeDurable(IEnumerable<DiskBlock> blocks)
    {
        foreach (var block in blocks)
            block.IsDurable = true;
    }

    internal DiskPayload Lease(PayloadIdentity identity)
    {
        // A dropped payload lives on for those who hold it; who comes now begins a new one.
        if (!_payloads.TryGetValue(identity.Version, out var payload) || payload.IsDropped)
            _payloads[identity.Version] = payload = new DiskPayload(identity);
        if (payload.Identity != identity)
            throw new InvalidOperationException($"version {identity.Version} was opened with {identity.SizeBytes} and with {payload.Identity.SizeBytes} bytes");
        payload.Leases++;
        Leases++;
        return payload;
    }

    internal void Return(DiskPayload payload)
    {
        payload.Leases--;
        Leases--;
        RemoveIfDone(payload);
    }

    internal void Drop(VersionId version)
    {
        if (!_payloads.TryGetValue(version, out var payload)) return;
        payload.IsDropped = true;
        RemoveIfDone(payload);
    }

    internal bool MakeRoom(Predicate<VersionId> isPinned)
    {
        while (Blocks >= capacityBlocks)
        {
            var candidates = _payloads.Values.Where(payload => !isPinned(payload.Identity.Version))
                .SelectMany(payload => payload.Blocks.Keys.Select(number => (payload, number))).ToArray();
            if (candidates.Length == 0) return false;
            var (victim, block) = random.Pick(candidates);
            victim.Blocks.Remove(block);
            Evicted++;
        }

        return true;
    }

    private void RemoveIfDone(DiskPayload payload)
    {
        if (payload.IsDropped && payload.Leases == 0 && _payloads.GetValueOrDefault(payload.Identity.Version) == payload)
            _payloads.Remove(payload.Identity.Version);
    }
}
