namespace VirtualView.Core.Blocks;

/// <summary>How far a scrub has come. The total is what was cached when it began.</summary>
public readonly record struct ScrubProgress(long BlocksChecked, long BlocksTotal, long BytesChecked);
