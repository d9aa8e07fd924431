using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Overlay;

/// <summary>The version that a local file lies over, and what of it shows.</summary>
/// <param name="Path">Where it was in the sources' tree.</param>
/// <param name="Version">What it was.</param>
/// <param name="ShownBytes">The version shows up to here: less than its size after a truncation, which later growth does not undo.</param>
/// <param name="SizeBytes">Of the local file.</param>
/// <param name="Written">The ranges that the overlay folder has, holes that were punched among them.</param>
public sealed record LocalFileBase(VirtualPath Path, FileVersion Version, long ShownBytes, long SizeBytes, RangeSet Written);
