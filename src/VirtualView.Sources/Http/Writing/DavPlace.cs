using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Sources.Http.Listing.Dav;

namespace VirtualView.Sources.Http.Writing;

/// <summary>What a look has found at a path.</summary>
/// <param name="Path">Where.</param>
/// <param name="Found">Null: nothing.</param>
internal sealed record DavPlace(VirtualPath Path, DavProperties? Found)
{
    public TargetEntry? Entry => Found switch
    {
        null => null,
        { IsCollection: true } => new TargetEntry(new SourceEntry(Path.Name, EntryKind.Directory, ModifiedAt: Found.ModifiedAt)),
        _ => new TargetEntry(
            new SourceEntry(Path.Name, EntryKind.File, Found.Validator),
            Found.Lineage is { } text ? UploadLineage.Parse(text) : null),
    };

    /// <summary>Null when the condition holds.</summary>
    public WriteError? Objection(TargetCondition condition)
    {
        if (condition.Holds(Entry?.Entry)) return null;
        if (condition.Version is not null && Found is { IsCollection: true }) return new WriteError(WriteErrorKind.WrongKind, $"{Path} is a directory by now");
        return new WriteError(
            WriteErrorKind.Changed,
            Found is null ? $"{Path} is not there any more" : $"somebody else has changed {Path}",
            Found: Entry);
    }
}
