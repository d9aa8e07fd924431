using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>Which states may look as the view was seen. What a state left open, the look decides.</summary>
/// <param name="mayFail">Errors that tell nothing, because the source was in trouble.</param>
/// <param name="isOnDisk">Power was lost since anything was written: what is seen is what the disk has.</param>
internal sealed class ModelLooks(SourceFacts facts, Func<FileSystemError, bool> mayFail, bool isOnDisk = false)
{
    private readonly ModelNames _names = new(facts);

    public IEnumerable<ModelState> At(ModelState state, VirtualPath path, SeenNode seen)
    {
        if (path.IsRoot) return Of(state, ModelState.Root, seen);
        return _names.Parents(state, path).SelectMany(at => at.Error == FileSystemError.None
            ? At(at.State, at.Directory, path.Name, seen)
            : at.Error == seen.Error ? [at.State] : Enumerable.Empty<ModelState>());
    }

    public IEnumerable<ModelState> Open(ModelState state, int slot, SeenContent seen)
    {
        var inode = state[state.Open[slot]];
        return inode.File!.Allows(seen) ? [state.With(inode with { File = inode.File.Resolved(seen, isOnDisk) })] : [];
    }

    private IEnumerable<ModelState> At(ModelState state, int directory, PathName name, SeenNode seen) => mayFail(seen.Error)
        ? [state]
        : _names.Spots(state, directory, name).SelectMany(spot =>
            spot.IsAbsent ? seen.Error == FileSystemError.NotFound ? [spot.State] : Enumerable.Empty<ModelState>()
            : seen.Error != FileSystemError.None ? Enumerable.Empty<ModelState>()
            : spot.Id is { } id ? Of(spot.State, id, seen)
            : IsAtSource(spot.AtSource!.Value, seen) ? [state] : Enumerable.Empty<ModelState>());

    private bool IsAtSource(VirtualPath path, SeenNode seen) =>
        seen.Attributes is { Kind: EntryKind.File, Links: 1 } && seen.ExtendedAttributes.IsEmpty
        && (seen.Content is null || facts.Contents(path).Any(seen.Content.Agrees));

    private IEnumerable<ModelState> Of(ModelState state, int id, SeenNode seen)
    {
        var inode = state[id];
        if (seen.Error != FileSystemError.None || seen.Attributes.Kind != inode.Kind || seen.Target != inode.Target) return [];
        if (inode.Mode is { } mode && seen.Attributes.Mode != mode) return [];
        if (!seen.ExtendedAttributes.SequenceEqual(inode.Attributes)) return [];
        if (inode.Kind != EntryKind.Directory && seen.Attributes.Links != inode.Links) return [];
        if (inode.ModifiedAt is { } time && seen.Attributes.ModifiedAt != time) return [];
        return inode.Kind switch
        {
            EntryKind.File when seen.Content is null => inode.File!.AllowsSize(seen.Attributes.SizeBytes) ? [state] : [],
            EntryKind.File => inode.File!.Allows(seen.Content) ? [state.With(inode with { File = inode.File.Resolved(seen.Content, isOnDisk) })] : [],
            EntryKind.Directory when seen.Names is not null => Listed(state, id, seen),
            _ => [state],
        };
    }

    private IEnumerable<ModelState> Listed(ModelState state, int id, SeenNode seen)
    {
        var names = _names.Listed(state, id).ToDictionary(listed => listed.Name, listed => listed.Shown);
        if (names.Any(listed => listed.Value == Existence.Yes && !seen.Names!.ContainsKey(listed.Key))) return [];
        if (seen.Names!.Keys.Any(name => !names.ContainsKey(name))) return [];
        IEnumerable<ModelState> states = [state];
        foreach (var (name, below) in seen.Names)
        {
            if (below is not null) states = states.SelectMany(now => At(now, id, name, below));
        }

        return states;
    }
}
