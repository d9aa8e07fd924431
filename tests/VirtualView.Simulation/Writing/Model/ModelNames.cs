using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>Where names lead in a state: to several places where the view may know this or that of the source.</summary>
internal sealed class ModelNames(SourceFacts facts)
{
    /// <summary>The directory of a path, or why there is none.</summary>
    public IEnumerable<(ModelState State, int Directory, FileSystemError Error)> Parents(ModelState state, VirtualPath path)
    {
        IEnumerable<(ModelState State, int Directory, FileSystemError Error)> reached = [(state, ModelState.Root, FileSystemError.None)];
        foreach (var name in path.Parent.Names)
        {
            reached = reached.SelectMany(at => at.Error != FileSystemError.None
                ? [at]
                : Spots(at.State, at.Directory, name).Select(spot =>
                    spot.IsAbsent ? (spot.State, 0, FileSystemError.NotFound)
                    : spot.Id is { } id && spot.State[id].Kind == EntryKind.Directory ? (spot.State, id, FileSystemError.None)
                    : (spot.State, 0, FileSystemError.NotADirectory)));
        }

        return reached;
    }

    /// <summary>What a name leads to. A directory of the source becomes one of the model.</summary>
    public IEnumerable<Spot> Spots(ModelState state, int directory, PathName name)
    {
        var above = state[directory];
        var isNamed = above.Entries.TryGetValue(name, out var target);
        if (isNamed && target >= 0) return [new Spot(state, directory, name, target, null)];
        var absent = new Spot(state, directory, name, null, null);
        if (above.BaseDirectory is not { } below || (isNamed && target == ModelInode.Whiteout)) return [absent];
        var path = below / name;
        if (facts.Directory(path) is var known and not Existence.No)
        {
            var (added, id) = state.Add(made => new ModelInode(made, EntryKind.Directory) { BaseDirectory = path });
            return Either(isNamed ? Existence.Maybe : known, absent, new Spot(added.Named(directory, name, id), directory, name, id, null));
        }

        var existence = facts.File(path);
        return Either(isNamed && existence == Existence.Yes ? Existence.Maybe : existence, absent, absent with { AtSource = path });
    }

    /// <summary>The inode of what is there: one for each version that it may lie over.</summary>
    public IEnumerable<(ModelState State, int Id)> Inodes(Spot spot)
    {
        if (spot.Id is { } known) return [(spot.State, known)];
        return facts.Contents(spot.AtSource!.Value).Select(content =>
        {
            var (added, id) = spot.State.Add(made => new ModelInode(made, EntryKind.File) { Origin = spot.AtSource, OriginContent = content, File = ModelFile.Of(content) });
            return (added.Named(spot.Directory, spot.Name, id), id);
        });
    }

    /// <summary>The name goes, and what the source has there does not come to light.</summary>
    public ModelState Remove(ModelState state, int directory, PathName name)
    {
        if (state[directory].BaseDirectory is not { } below) return state.Unnamed(directory, name);
        var isThere = facts.File(below / name) == Existence.Yes || facts.Directory(below / name) == Existence.Yes;
        return state.Named(directory, name, isThere ? ModelInode.Whiteout : ModelInode.Unsure);
    }

    /// <summary>Whether a directory is empty, as far as that can be told.</summary>
    public Existence HasNames(ModelState state, int directory)
    {
        var inode = state[directory];
        if (inode.Entries.Values.Any(target => target >= 0)) return Existence.Yes;
        if (inode.BaseDirectory is not { } below) return Existence.No;
        var found = Existence.No;
        foreach (var name in facts.NamesIn(below))
        {
            var isNamed = inode.Entries.TryGetValue(name, out var target);
            if (isNamed && target == ModelInode.Whiteout) continue;
            var here = (Existence)Math.Max((int)facts.File(below / name), (int)facts.Directory(below / name));
            if (isNamed && here == Existence.Yes) here = Existence.Maybe;
            if (here > found) found = here;
        }

        return found;
    }

    /// <summary>Names that a listing must have, and such as it may have.</summary>
    public IEnumerable<(PathName Name, Existence Shown)> Listed(ModelState state, int directory)
    {
        var inode = state[directory];
        foreach (var (name, target) in inode.Entries)
        {
            if (target >= 0) yield return (name, Existence.Yes);
        }

        if (inode.BaseDirectory is not { } below) yield break;
        foreach (var name in facts.NamesIn(below))
        {
            var isNamed = inode.Entries.TryGetValue(name, out var target);
            if (isNamed && target != ModelInode.Unsure) continue;
            var here = (Existence)Math.Max((int)facts.File(below / name), (int)facts.Directory(below / name));
            if (here != Existence.No) yield return (name, isNamed ? Existence.Maybe : here);
        }
    }

    public static bool IsBelow(ModelState state, int inode, int above) =>
        inode == above || state[above].Entries.Values.Any(target => target >= 0 && state[target].Kind == EntryKind.Directory && IsBelow(state, inode, target));

    private static IEnumerable<Spot> Either(Existence existence, Spot absent, Spot there) => existence switch
    {
        Existence.Yes => [there],
        Existence.No => [absent],
        _ => [absent, there],
    };
}
