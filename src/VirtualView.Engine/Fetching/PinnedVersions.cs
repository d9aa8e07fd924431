using VirtualView.Core.Blocks;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>The versions in use: the same object for all who use the same version.</summary>
internal sealed class PinnedVersions(IBlockStore store, TransferLedger ledger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<VersionId, PinnedVersion> _pinned = []; // guarded by _gate

    /// <param name="isPast">The view shows another version by now, so what was learned of this one may be forgotten.</param>
    public PinnedVersion Pin(FileVersion version, VirtualPath path, bool isPast = false)
    {
        if (TryPin(version, isPast) is { } known) return known;
        // The store works on disk: not under the lock. Who comes second gives its lease back.
        var payload = store.Open(new PayloadIdentity(version.Id, version.SizeBytes));
        var mayLearn = !isPast || payload.Cached().TotalBytes == 0;
        var mine = new PinnedVersion(version, path, payload, store.BlockSizeBytes, ledger.For(version.Id), mayLearn) { Holders = 1 };
        lock (_gate)
        {
            if (_pinned.TryAdd(version.Id, mine)) return mine;
        }

        payload.Dispose();
        return Pin(version, path, isPast);
    }

    /// <summary>One more holder of what is held already.</summary>
    public void Hold(PinnedVersion pinned)
    {
        lock (_gate)
            pinned.Holders++;
    }

    /// <summary>The same for who does not know whether it is held still; false when it is not.</summary>
    public bool TryHold(PinnedVersion pinned)
    {
        lock (_gate)
        {
            if (pinned.Holders == 0) return false;
            pinned.Holders++;
            return true;
        }
    }

    public void Unpin(PinnedVersion pinned)
    {
        lock (_gate)
        {
            if (--pinned.Holders > 0) return;
            _pinned.Remove(pinned.Version.Id);
        }

        pinned.Payload.Dispose();
    }

    public PinnedVersion? Find(VersionId version)
    {
        lock (_gate)
            return _pinned.GetValueOrDefault(version);
    }

    private PinnedVersion? TryPin(FileVersion version, bool isPast)
    {
        PinnedVersion? known;
        lock (_gate)
        {
            if (!_pinned.TryGetValue(version.Id, out known)) return null;
            known.Holders++;
        }

        known.Accepted.Renew(version, mayLearn: !isPast);
        return known;
    }
}
