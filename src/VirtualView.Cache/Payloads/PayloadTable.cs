using System.Diagnostics.CodeAnalysis;
using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;

namespace VirtualView.Cache.Payloads;

/// <summary>All payloads in memory, and who leases them.</summary>
internal sealed class PayloadTable(int blockSizeBytes)
{
    private const int Gone = -1;

    private readonly Lock _gate = new();
    private readonly Dictionary<VersionId, Payload> _byVersion = []; // guarded by _gate
    private readonly List<Payload> _all = []; // guarded by _gate
    private readonly HashSet<VersionId> _pinned = []; // guarded by _gate
    private readonly HashSet<Payload> _pinnedHere = []; // guarded by _gate: of the pinned, the few that have a payload
    private readonly HashSet<Payload> _dropped = []; // guarded by _gate

    public int Count
    {
        get
        {
            lock (_gate) return _all.Count;
        }
    }

    /// <summary>The payload at a place of the list, which moves as payloads go; null past its end.</summary>
    public Payload? At(int place)
    {
        lock (_gate) return place < _all.Count ? _all[place] : null;
    }

    public Payload[] Dropped()
    {
        lock (_gate) return _dropped.Count == 0 ? [] : [.. _dropped];
    }

    public Payload[] All()
    {
        lock (_gate) return [.. _all];
    }

    public Payload? Find(VersionId version)
    {
        lock (_gate) return _byVersion.GetValueOrDefault(version);
    }

    public void Pin(VersionId version, bool isPinned)
    {
        lock (_gate)
        {
            if (isPinned) _pinned.Add(version);
            else _pinned.Remove(version);
            if (_byVersion.TryGetValue(version, out var payload)) MarkLocked(payload, isPinned);
        }
    }

    public bool IsPinned(VersionId version)
    {
        lock (_gate) return _pinned.Contains(version);
    }

    public bool HasPinned
    {
        get
        {
            lock (_gate) return _pinnedHere.Count > 0;
        }
    }

    public long PinnedBytes()
    {
        Payload[] pinned;
        lock (_gate) pinned = [.. _pinnedHere];
        return pinned.Sum(payload => payload.PresentBytes());
    }

    /// <summary>False when the version has a payload already.</summary>
    public bool TryAdd(Payload payload)
    {
        lock (_gate)
        {
            if (_byVersion.ContainsKey(payload.Identity.Version)) return false;
            AddLocked(payload);
            return true;
        }
    }

    /// <summary>Leases the version's payload. When one was cached with another size, it is handed out to be dropped.</summary>
    public Payload Lease(PayloadIdentity identity, out Payload? outdated)
    {
        lock (_gate)
        {
            outdated = null;
            if (_byVersion.TryGetValue(identity.Version, out var payload) && payload.Identity != identity)
            {
                outdated = payload;
                DetachLocked(payload);
                payload = null;
            }

            payload ??= AddLocked(new Payload(NewId(), identity, blockSizeBytes));
            payload.Leases++;
            return payload;
        }
    }

    /// <summary>One more lease for an operation under way. False when the payload is gone.</summary>
    public bool TryHold(Payload payload)
    {
        lock (_gate)
        {
            if (payload.Place == Gone) return false;
            payload.Leases++;
            return true;
        }
    }

    /// <summary>True when nobody leases it any more.</summary>
    public bool Release(Payload payload)
    {
        lock (_gate) return --payload.Leases == 0;
    }

    /// <summary>Takes the version's name from its payload: the next lease makes a new one.</summary>
    public bool TryDetach(VersionId version, [NotNullWhen(true)] out Payload? payload)
    {
        lock (_gate)
        {
            if (!_byVersion.TryGetValue(version, out payload)) return false;
            DetachLocked(payload);
            return true;
        }
    }

    /// <summary>Takes a payload out that nobody leases and that is dropped or empty.</summary>
    public bool TryRemove(Payload payload)
    {
        lock (_gate)
        {
            if (payload.Place == Gone || payload.Leases > 0) return false;
            if (!_dropped.Remove(payload) && payload.Bits.NextPresent(0) >= 0) return false;
            if (_byVersion.TryGetValue(payload.Identity.Version, out var named) && named == payload)
                _byVersion.Remove(payload.Identity.Version);
            MarkLocked(payload, isPinned: false);
            var last = _all[^1];
            (_all[payload.Place], last.Place) = (last, payload.Place);
            _all.RemoveAt(_all.Count - 1);
            payload.Place = Gone;
            return true;
        }
    }

    /// <summary>Random, so that an id is never used twice even when every record of the earlier ones is lost.</summary>
    private static ulong NewId()
    {
        Span<byte> random = stackalloc byte[8];
        System.Security.Cryptography.RandomNumberGenerator.Fill(random);
        return BitConverter.ToUInt64(random);
    }

    private Payload AddLocked(Payload payload)
    {
        payload.Place = _all.Count;
        MarkLocked(payload, _pinned.Contains(payload.Identity.Version));
        _all.Add(payload);
        _byVersion.Add(payload.Identity.Version, payload);
        return payload;
    }

    private void DetachLocked(Payload payload)
    {
        _byVersion.Remove(payload.Identity.Version);
        _dropped.Add(payload);
        MarkLocked(payload, isPinned: false); // the version's next payload is
    }

    private void MarkLocked(Payload payload, bool isPinned)
    {
        payload.IsPinned = isPinned;
        if (isPinned) _pinnedHere.Add(payload);
        else _pinnedHere.Remove(payload);
    }
}
