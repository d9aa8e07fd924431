using VirtualView.Core.Snapshots;
using VirtualView.Engine.Overlay.Changes;
using VirtualView.Engine.Status;

namespace VirtualView.Service.Answers;

/// <summary>A path of the view that is not what the sources show.</summary>
/// <param name="Change"><c>added</c>, <c>modified</c>, <c>attributes</c>, <c>moved</c> or <c>deleted</c>.</param>
/// <param name="Kind"><c>File</c>, <c>Directory</c> and so on; null for what was deleted.</param>
/// <param name="From">Where it is at the sources, if that is another path.</param>
/// <param name="WrittenBytes">How many bytes of a file were written here.</param>
/// <param name="IsOutdated">The sources have something else by now than what it was made from.</param>
/// <param name="Conflict">What: <c>baseChanged</c>, <c>baseGone</c>, <c>nameTaken</c> or <c>otherKind</c>; else null.</param>
/// <param name="BaseVersion">In a conflict, the version that it was made from; null where that is none, or not known.</param>
/// <param name="SourceVersion">In a conflict, the version that the sources have now; null where they have no file.</param>
public sealed record ChangedPath(
    string Path, string Change, string? Kind, string? From, long SizeBytes, long WrittenBytes, bool IsOutdated,
    string? Conflict, string? BaseVersion, string? SourceVersion)
{
    public static ChangedPath Of(LocalChange change) => new(
        change.Path.ToString(),
        LocalExplanation.WordFor(change.Kind),
        change.Entry?.ToString(),
        change.From?.ToString(),
        change.SizeBytes,
        change.WrittenBytes,
        change.IsOutdated,
        change.Conflict is { } conflict ? WordFor(conflict.Kind) : null,
        change.Conflict?.Base?.Id.ToString(),
        (change.Conflict?.Now as FileNode)?.VersionId?.ToString());

    private static string WordFor(LocalConflictKind kind) => kind switch
    {
        LocalConflictKind.BaseChanged => "baseChanged",
        LocalConflictKind.BaseGone => "baseGone",
        LocalConflictKind.NameTaken => "nameTaken",
        _ => "otherKind",
    };
}
