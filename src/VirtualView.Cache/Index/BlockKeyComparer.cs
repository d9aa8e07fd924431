using FASTER.core;

namespace VirtualView.Cache.Index;

/// <summary>Without it FASTER would find an equality that boxes.</summary>
internal sealed class BlockKeyComparer : IFasterEqualityComparer<BlockKey>
{
    public long GetHashCode64(ref BlockKey key) => key.Seed;

    public bool Equals(ref BlockKey left, ref BlockKey right) => left == right;
}
