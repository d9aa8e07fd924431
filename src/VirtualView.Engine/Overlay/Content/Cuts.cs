using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>What a file with base is untouched, and at another size.</summary>
internal static class Cuts
{
    public static LocalFileBase Untouched(VirtualPath path, FileVersion version) =>
        new(path, version, version.SizeBytes, version.SizeBytes, RangeSet.Empty);

    /// <summary>What is emptied, and has no written bytes that the journal on the disk may name, lies wholly here from then on.</summary>
    public static LocalFileBase? Resized(LocalFileBase? below, long bytes, bool hasWritten) =>
        below is null || (bytes == 0 && !hasWritten)
            ? null
            : below with
            {
                SizeBytes = bytes,
                ShownBytes = Math.Min(below.ShownBytes, bytes),
                Written = bytes < below.SizeBytes ? below.Written.Intersect(new ByteRange(0, bytes)) : below.Written,
            };
}
