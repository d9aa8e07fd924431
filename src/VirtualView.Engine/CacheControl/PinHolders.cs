using VirtualView.Core.Blocks;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.CacheControl;

/// <summary>
/// Who keeps which versions in the cache: a version is pinned in the store while any holder holds it. The store knows
/// nothing of holders, and forgets its pins when the process ends: each holder holds anew what it wants at the start.
/// </summary>
/// <remarks>The store's <c>Pin</c> and <c>Unpin</c>, which only note, are called under the lock, in the order of the changes.</remarks>
internal sealed class PinHolders(IBlockStore store)
{
    private readonly Lock _gate = new();
    private readonly List<PinHolder> _all = []; // guarded by _gate, and so is what each holds

    /// <param name="problem">Why what it holds is not evicted, and what to do about it, for people.</param>
    public PinHolder Add(string problem)
    {
        var holder = new PinHolder(this, problem);
        lock (_gate)
            _all.Add(holder);
        return holder;
    }

    /// <summary>Why a version is not evicted; null when nobody holds it.</summary>
    public string? ProblemOf(VersionId version)
    {
        lock (_gate)
        {
            var problems = _all.Where(holder => holder.Counts.ContainsKey(version)).Select(holder => holder.Problem);
            return string.Join("; ", problems) is { Length: > 0 } text ? text : null;
        }
    }

    internal void Hold(PinHolder holder, VersionId version)
    {
        lock (_gate)
        {
            var count = holder.Counts.GetValueOrDefault(version);
            holder.Counts[version] = count + 1;
            if (count == 0) store.Pin(version);
        }
    }

    internal void LetGo(PinHolder holder, VersionId version)
    {
        lock (_gate)
        {
            if (!holder.Counts.TryGetValue(version, out var count)) return;
            if (count > 1) holder.Counts[version] = count - 1;
            else if (holder.Counts.Remove(version)) UnpinLocked(version);
        }
    }

    internal void Remove(PinHolder holder)
    {
        lock (_gate)
        {
            if (!_all.Remove(holder)) return;
            foreach (var version in holder.Counts.Keys) UnpinLocked(version);
            holder.Counts.Clear();
        }
    }

    private void UnpinLocked(VersionId version)
    {
        foreach (var other in _all)
        {
            if (other.Counts.ContainsKey(version)) return;
        }

        store.Unpin(version);
    }
}
