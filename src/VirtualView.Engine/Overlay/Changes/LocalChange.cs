using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Engine.Overlay.Changes;

/// <summary>A path that is not what the sources show.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Path">Where, in the view.</param>
/// <param name="Entry">What stands there; null for what was deleted.</param>
/// <param name="From">Where it is at the sources, if that is another path.</param>
/// <param name="SizeBytes">Of a file.</param>
/// <param name="WrittenBytes">Of these, how many lie here.</param>
/// <param name="Conflict">Where the sources have something else by now than what it was made from; else null.</param>
public sealed record LocalChange(
    LocalChangeKind Kind, VirtualPath Path, EntryKind? Entry, VirtualPath? From, long SizeBytes, long WrittenBytes, LocalConflict? Conflict)
{
    public bool IsOutdated => Conflict is not null;
}
