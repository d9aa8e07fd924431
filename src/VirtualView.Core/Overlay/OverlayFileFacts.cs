using VirtualView.Core.Units;

namespace VirtualView.Core.Overlay;

/// <summary>What the disk says of a file.</summary>
/// <param name="SizeBytes">Its size.</param>
/// <param name="AllocatedBytes">What it takes.</param>
/// <param name="ModifiedAt">When its bytes changed last, or what was set.</param>
/// <param name="ChangedAt">When anything of it changed last.</param>
public readonly record struct OverlayFileFacts(long SizeBytes, long AllocatedBytes, UnixTime ModifiedAt, UnixTime ChangedAt);
