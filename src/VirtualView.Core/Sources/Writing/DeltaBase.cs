using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Sources.Writing;

/// <summary>A file of the target that an upload shares ranges with, at the same offsets.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Version">What it must still be; where it is not, all of the content is sent.</param>
/// <param name="Same">What need not be sent.</param>
public sealed record DeltaBase(VirtualPath Path, Validator Version, RangeSet Same);
