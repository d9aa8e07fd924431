using VirtualView.Core.Overlay;
using VirtualView.Engine.CacheControl;
using VirtualView.Engine.Fetching;
using VirtualView.Engine.FileSystem;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>Makes the contents of local files, which share what they read with.</summary>
internal sealed class LocalFiles(IOverlayFiles files, IOrigin origin, PinnedVersions pinned, BlockReader blocks, PinHolder bases, TimeProvider clock)
{
    public LocalFile Make(LocalInodeRecord record) => new(record, files, origin, pinned, blocks, bases, clock);
}
