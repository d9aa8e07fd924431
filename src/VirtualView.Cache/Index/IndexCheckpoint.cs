namespace VirtualView.Cache.Index;

/// <summary>A checkpoint that FASTER has written: its log up to an address, and the hash table of the same or an earlier one.</summary>
internal readonly record struct IndexCheckpoint(Guid Log, Guid Table, long BeginAddress, long EndAddress);
