using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Engine.Overlay.Changes;

namespace VirtualView.Service;

/// <summary>What the service may ask of what is local in the running mount. Any thread may call anything at any time.</summary>
public interface IOverlayControl
{
    /// <summary>What is local at these paths and below, sorted by path.</summary>
    ImmutableArray<LocalChange> Changes(ImmutableArray<VirtualPath> paths);

    /// <summary>Takes away what is local at these paths and below.</summary>
    DiscardReport Discard(ImmutableArray<VirtualPath> paths);
}
