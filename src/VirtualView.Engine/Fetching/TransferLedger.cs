using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>The transfer records of the versions used last; the oldest are forgotten.</summary>
internal sealed class TransferLedger
{
    private const int MostRecords = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<VersionId, TransferRecord> _records = []; // guarded by _gate
    private readonly Queue<VersionId> _inOrder = new(); // guarded by _gate

    public TransferRecord? Find(VersionId version)
    {
        lock (_gate)
            return _records.GetValueOrDefault(version);
    }

    public TransferRecord For(VersionId version)
    {
        lock (_gate)
        {
            if (_records.TryGetValue(version, out var record)) return record;
            if (_inOrder.Count >= MostRecords) _records.Remove(_inOrder.Dequeue());
            _inOrder.Enqueue(version);
            return _records[version] = new TransferRecord();
        }
    }
}
