namespace VirtualView.Cache.Index;

/// <summary>An index ready for use.</summary>
/// <param name="Step">The step of the ladder it stands on, one of <see cref="IndexLadder"/>'s names.</param>
internal sealed record OpenedIndex(BlockIndex Index, IndexSealer Sealer, string Step);
