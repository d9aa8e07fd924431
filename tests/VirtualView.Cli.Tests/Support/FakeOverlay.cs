using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.CacheControl;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Service;

namespace VirtualView.Cli.Tests.Support;

/// <summary>One file was changed here, and can be discarded as often as one likes.</summary>
internal sealed class FakeOverlay : IOverlayControl
{
    private static readonly LocalChange Raw =
        new(LocalChangeKind.Modified, VirtualPath.Parse("/d/raw"), EntryKind.File, null, 3000, 2, new LocalConflict(LocalConflictKind.BaseChanged, null, null));

    public ImmutableArray<LocalChange> Changes(ImmutableArray<VirtualPath> paths) =>
        paths.Any(path => Raw.Path.StartsWith(path)) ? [Raw] : [];

    public DiscardReport Discard(ImmutableArray<VirtualPath> paths) => new(
        Changes(paths),
        [.. paths.Where(path => !Raw.Path.StartsWith(path)).Select(path => new PathProblem(path.ToString(), "nothing is local there"))]);
}
