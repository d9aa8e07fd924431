using VirtualView.Core.Blocks;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Fetching;

/// <summary>The versions in use: the same object for all who use the same version.</summary>
internal sealed class PinnedVersions(IBlockStore store, TransferLedger ledger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<VersionId, PinnedVersion> _pinned = []; // guarded by _gate

    public PinnedVersion Pin(FileVersion version, VirtualPath path)
    {
        lock (_gate)
        {
            if (!_pinned.TryGetValue(version.Id, out var pinned))
            {
                var payload = store.Open(new PayloadIdentity(version.Id, version.SizeBytes));
                pinned = new PinnedVersion(version, path, payload, store.BlockSizeBytes, ledger.For(version.Id));
                _pinned.Add(version.Id, pinned);
            }
            else
            {
                pinned.Accepted.FindAgain();
            }

            pinned.Holders++;
            return pinned;
        }
    }

    /// <summary>One more holder of what is held already.</summary>
    public void Hold(PinnedVersion pinned)
    {
        lock (_gate)
            pinned.Holders++;
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
}
