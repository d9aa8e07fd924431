using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Overlay;

/// <summary>What the sources show, below all that is local.</summary>
internal interface ISourcesView : IViewFileSystem
{
    /// <summary>A lookup if no source must be asked for it; else null. Success counts one lookup.</summary>
    Outcome<NodeAttributes>? LookupAtHand(NodeId directory, PathName name);
}
