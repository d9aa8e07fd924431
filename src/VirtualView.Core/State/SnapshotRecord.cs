using VirtualView.Core.Paths;
using VirtualView.Core.Units;

namespace VirtualView.Core.State;

/// <summary>A snapshot that is kept and can be opened.</summary>
/// <param name="Number">The last number of its run: the numbers that differ only in what was learned.</param>
/// <param name="First">The first of its run; each number from here to <paramref name="Number"/> leads to it.</param>
/// <param name="TakenAt">When the last of its run was published.</param>
/// <param name="Name">What it was kept as; null for one that goes by count and age.</param>
public sealed record SnapshotRecord(long Number, long First, UnixTime TakenAt, PathName? Name = null);
