using VirtualView.Core.Overlay;
using VirtualView.Engine.Fetching;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>Makes the contents of local files, which share what they read with.</summary>
internal sealed class LocalFiles(IOverlayFiles files, PinnedVersions pinned, BlockReader blocks, TimeProvider clock)
{
    public LocalFile Make(LocalInodeRecord record) => new(record, files, pinned, blocks, clock);
}
