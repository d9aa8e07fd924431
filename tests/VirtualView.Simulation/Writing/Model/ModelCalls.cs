using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Simulation.Plans;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>What each call of a program may do to a state, and how it may end.</summary>
internal sealed class ModelCalls(SourceFacts facts)
{
    private readonly ModelNames _names = new(facts);

    public IEnumerable<ModelAnswer> Apply(ModelState state, ProgramCall call) => call.Step.Kind switch
    {
        StepKind.Create => At(state, call.Path, spot => spot.IsAbsent ? Made(spot, call, EntryKind.File) : [new(spot.State, FileSystemError.Exists)]),
        StepKind.MakeDirectory => At(state, call.Path, spot => spot.IsAbsent ? Made(spot, call, EntryKind.Directory) : [new(spot.State, FileSystemError.Exists)]),
        StepKind.MakeSymlink => At(state, call.Path, spot => spot.IsAbsent ? Made(spot, call, EntryKind.Symlink) : [new(spot.State, FileSystemError.Exists)]),
        StepKind.OpenForWriting => OnFile(state, call.Path, (now, id) => [new(now with { Open = now.Open.SetItem(call.Slot, id) }, FileSystemError.None)]),
        StepKind.OpenAndEmpty => OnFile(state, call.Path, (now, id) => [new(Resized(now with { Open = now.Open.SetItem(call.Slot, id) }, id, 0), FileSystemError.None)]),
        StepKind.Truncate => OnFile(state, call.Path, (now, id) => [new(Resized(now, id, call.Step.A), FileSystemError.None)]),
        StepKind.Write or StepKind.Append or StepKind.Allocate or StepKind.CopyRange => Written(state, call),
        StepKind.Close => Closed(state, call.Slot),
        StepKind.Sync or StepKind.SyncData => Saved(state, state.Open[call.Slot]).Select(saved => new ModelAnswer(Synced(saved, state.Open[call.Slot]), FileSystemError.None)),
        StepKind.SyncDirectory => OnInode(state, call.Path, (now, id) => [now[id].Kind == EntryKind.Directory ? new(now.Synced(id), FileSystemError.None) : new(now, FileSystemError.NotADirectory)]),
        StepKind.Unlink => Unlinked(state, call.Path),
        StepKind.RemoveDirectory => DirectoryRemoved(state, call.Path),
        StepKind.Rename => Renamed(state, call.Path, call.OtherPath, (RenameMode)call.Step.B),
        StepKind.Link => Linked(state, call.Path, call.OtherPath),
        StepKind.SetMode => Set(state, call.Path, inode => inode with { Mode = call.Mode }),
        StepKind.SetTime => Set(state, call.Path, inode => inode with { ModifiedAt = inode.Kind == EntryKind.File ? call.Time : null }),
        StepKind.SetAttribute => Set(state, call.Path, inode => inode with { Attributes = inode.Attributes.SetItem(call.AttributeName, call.AttributeValue) }),
        StepKind.RemoveAttribute => AttributeRemoved(state, call),
        _ => throw new InvalidOperationException($"the model knows nothing of {call.Step.Kind}"),
    };

    private IEnumerable<ModelAnswer> At(ModelState state, VirtualPath path, Func<Spot, IEnumerable<ModelAnswer>> then) =>
        _names.Parents(state, path).SelectMany(at => at.Error != FileSystemError.None
            ? [new ModelAnswer(at.State, at.Error)]
            : _names.Spots(at.State, at.Directory, path.Name).SelectMany(then));

    private IEnumerable<ModelAnswer> OnInode(ModelState state, VirtualPath path, Func<ModelState, int, IEnumerable<ModelAnswer>> then) =>
        path.IsRoot
            ? then(state, ModelState.Root)
            : At(state, path, spot => spot.IsAbsent ? [new ModelAnswer(spot.State, FileSystemError.NotFound)] : _names.Inodes(spot).SelectMany(found => then(found.State, found.Id)));

    private IEnumerable<ModelAnswer> OnFile(ModelState state, VirtualPath path, Func<ModelState, int, IEnumerable<ModelAnswer>> then) =>
        OnInode(state, path, (now, id) => now[id].Kind switch
        {
            EntryKind.File => then(now, id),
            EntryKind.Directory => [new(now, FileSystemError.IsADirectory)],
            _ => [new(now, FileSystemError.InvalidArgument)],
        });

    private static IEnumerable<ModelAnswer> Made(Spot spot, ProgramCall call, EntryKind kind)
    {
        var (state, id) = spot.State.Begin().Add(made => new ModelInode(made, kind)
        {
            Mode = call.Mode,
            Target = kind == EntryKind.Symlink ? call.Target : "",
            File = kind == EntryKind.File ? ModelFile.New() : null,
        });
        state = state.Named(spot.Directory, spot.Name, id).Touched(spot.Directory, id);
        yield return new(kind == EntryKind.File ? state with { Open = state.Open.SetItem(call.Slot, id) } : state, FileSystemError.None);
    }

    private static ModelState Resized(ModelState state, int id, int length)
    {
        // The size of a file that is private already is a matter of its own: its sync need not bring other names to the disk.
        var changed = state[id].IsPrivate ? state : state.Begin().Touched(id);
        return changed.With(changed[id] with { File = changed[id].File!.Resized(bytes => Bytes.Resized(bytes, length)), ModifiedAt = null });
    }

    private static IEnumerable<ModelAnswer> Written(ModelState state, ProgramCall call)
    {
        var id = state.Open[call.Slot];
        var step = call.Step;
        Func<byte[], byte[]> change = step.Kind switch
        {
            StepKind.Write => bytes => Bytes.Put(bytes, step.A, call.Bytes),
            StepKind.Append => bytes => Bytes.Put(bytes, bytes.Length, call.Bytes),
            StepKind.CopyRange => bytes => Bytes.Put(bytes, step.B, Bytes.Part(state[state.Open[call.OtherSlot]].File!.Now[0], step.A, step.C)),
            _ => bytes => Bytes.Allocated(bytes, (AllocateMode)step.C, step.A, step.B),
        };
        var inode = state[id];
        yield return new(state.With(inode with { File = inode.File!.With(change), WasWritten = true, ModifiedAt = null }), FileSystemError.None);
    }

    /// <summary>What was written makes the file private; of what may be the same as before nobody knows.</summary>
    public static IEnumerable<ModelState> Saved(ModelState state, int id)
    {
        var inode = state[id];
        if (inode.Links == 0 || inode.IsPrivate || !inode.WasWritten) return [state];
        var isSame = inode.File!.Now.Any(content => content.AsSpan().SequenceEqual(inode.OriginContent));
        var saved = state.Begin().Touched(id);
        return isSame ? [state, saved] : [saved];
    }

    private static ModelState Synced(ModelState state, int id)
    {
        var synced = state.With(state[id] with { File = state[id].File!.Synced() });
        return synced[id].Links == 0 ? synced : synced.Synced(id);
    }

    private static IEnumerable<ModelAnswer> Closed(ModelState state, int slot)
    {
        var id = state.Open[slot];
        foreach (var saved in Saved(state, id))
        {
            var closed = saved.With(saved[id] with { File = saved[id].File!.Closed() }) with { Open = saved.Open.Remove(slot) };
            yield return new(closed.Open.ContainsValue(id) || !closed[id].MayVanish ? closed : Vanished(closed, id), FileSystemError.None);
        }
    }

    /// <summary>The source's file shows again.</summary>
    public static ModelState Vanished(ModelState state, int id)
    {
        foreach (var (directory, inode) in state.Inodes)
        {
            foreach (var (name, target) in inode.Entries)
            {
                if (target == id) return state.Unnamed(directory, name).Without(id);
            }
        }

        return state.Without(id);
    }

    private IEnumerable<ModelAnswer> Unlinked(ModelState state, VirtualPath path) => At(state, path, spot =>
    {
        if (spot.IsAbsent) return [new ModelAnswer(spot.State, FileSystemError.NotFound)];
        var (now, id) = _names.Inodes(spot).First();
        if (now[id].Kind == EntryKind.Directory) return [new ModelAnswer(now, FileSystemError.IsADirectory)];
        return [new ModelAnswer(_names.Remove(WithoutLink(now.Begin(), id), spot.Directory, spot.Name).Touched(spot.Directory), FileSystemError.None)];
    });

    private IEnumerable<ModelAnswer> DirectoryRemoved(ModelState state, VirtualPath path) => At(state, path, spot =>
    {
        if (spot.IsAbsent) return [new ModelAnswer(spot.State, FileSystemError.NotFound)];
        if (spot.Id is not { } id || spot.State[id].Kind != EntryKind.Directory) return [new ModelAnswer(spot.State, FileSystemError.NotADirectory)];
        var removed = new ModelAnswer(_names.Remove(WithoutLink(spot.State.Begin(), id), spot.Directory, spot.Name).Touched(spot.Directory), FileSystemError.None);
        return IfEmpty(spot.State, id, [removed]);
    });

    private IEnumerable<ModelAnswer> IfEmpty(ModelState state, int directory, IEnumerable<ModelAnswer> then)
    {
        var refused = new ModelAnswer(state, FileSystemError.NotEmpty);
        return _names.HasNames(state, directory) switch
        {
            Existence.Yes => [refused],
            Existence.No => then,
            _ => then.Append(refused),
        };
    }

    private static ModelState WithoutLink(ModelState state, int id) => state.With(state[id] with { Links = state[id].Links - 1 }).Touched(id);

    private IEnumerable<ModelAnswer> Linked(ModelState state, VirtualPath from, VirtualPath to) => OnInode(state, from, (now, id) => At(now, to, spot =>
    {
        if (!spot.IsAbsent) return [new ModelAnswer(spot.State, FileSystemError.Exists)];
        if (spot.State[id].Kind == EntryKind.Directory) return [new ModelAnswer(spot.State, FileSystemError.NotPermitted)];
        var begun = spot.State.Begin();
        return [new ModelAnswer(begun.With(begun[id] with { Links = begun[id].Links + 1 }).Named(spot.Directory, spot.Name, id).Touched(spot.Directory, id), FileSystemError.None)];
    }));

    private IEnumerable<ModelAnswer> Renamed(ModelState state, VirtualPath from, VirtualPath to, RenameMode mode) =>
        _names.Parents(state, from).SelectMany(source => source.Error != FileSystemError.None
            ? [new ModelAnswer(source.State, source.Error)]
            : _names.Parents(source.State, to).SelectMany(target => target.Error != FileSystemError.None
                ? [new ModelAnswer(target.State, target.Error)]
                : Renamed(target.State, source.Directory, from.Name, target.Directory, to.Name, mode)));

    private IEnumerable<ModelAnswer> Renamed(ModelState state, int source, PathName from, int target, PathName to, RenameMode mode)
    {
        foreach (var moved in _names.Spots(state, source, from))
        {
            if (moved.IsAbsent)
            {
                yield return new(moved.State, FileSystemError.NotFound);
                continue;
            }

            foreach (var (known, id) in _names.Inodes(moved))
            {
                foreach (var replaced in _names.Spots(known, target, to))
                {
                    foreach (var answer in Renamed(replaced, id, source, from, mode)) yield return answer;
                }
            }
        }
    }

    private IEnumerable<ModelAnswer> Renamed(Spot replaced, int id, int source, PathName from, RenameMode mode)
    {
        var (target, to) = (replaced.Directory, replaced.Name);
        if (replaced.IsAbsent)
        {
            if (mode == RenameMode.Exchange) return [new(replaced.State, FileSystemError.NotFound)];
            if (ModelNames.IsBelow(replaced.State, target, id)) return [new(replaced.State, FileSystemError.InvalidArgument)];
            return [new(Moved(replaced.State.Begin(), id, source, from, target, to), FileSystemError.None)];
        }

        if (mode == RenameMode.NoReplace) return [new(replaced.State, FileSystemError.Exists)];
        if (replaced.Id == id) return [new(replaced.State, FileSystemError.None)];
        return _names.Inodes(replaced).SelectMany(found =>
            mode == RenameMode.Exchange ? Exchanged(found.State, id, source, from, found.Id, target, to) : Replaced(found.State, id, source, from, found.Id, target, to));
    }

    private IEnumerable<ModelAnswer> Replaced(ModelState state, int id, int source, PathName from, int victim, int target, PathName to)
    {
        var (movesDirectory, losesDirectory) = (state[id].Kind == EntryKind.Directory, state[victim].Kind == EntryKind.Directory);
        if (movesDirectory != losesDirectory) return [new(state, movesDirectory ? FileSystemError.NotADirectory : FileSystemError.IsADirectory)];
        var replaced = ModelNames.IsBelow(state, target, id) && movesDirectory
            ? new ModelAnswer(state, FileSystemError.InvalidArgument)
            : new ModelAnswer(Moved(WithoutLink(state.Begin(), victim), id, source, from, target, to), FileSystemError.None);
        return losesDirectory ? IfEmpty(state, victim, [replaced]) : [replaced];
    }

    private static IEnumerable<ModelAnswer> Exchanged(ModelState state, int one, int source, PathName from, int other, int target, PathName to)
    {
        if (ModelNames.IsBelow(state, target, one) || ModelNames.IsBelow(state, source, other)) return [new(state, FileSystemError.InvalidArgument)];
        return [new(state.Begin().Named(source, from, other).Named(target, to, one).Touched(source, target, one, other), FileSystemError.None)];
    }

    private ModelState Moved(ModelState state, int id, int source, PathName from, int target, PathName to) =>
        _names.Remove(state, source, from).Named(target, to, id).Touched(source, target, id);

    private IEnumerable<ModelAnswer> Set(ModelState state, VirtualPath path, Func<ModelInode, ModelInode> change) => OnInode(state, path, (now, id) =>
    {
        var begun = now.Begin();
        return [new ModelAnswer(begun.With(change(begun[id])).Touched(id), FileSystemError.None)];
    });

    private IEnumerable<ModelAnswer> AttributeRemoved(ModelState state, ProgramCall call) => OnInode(state, call.Path, (now, id) =>
    {
        if (!now[id].Attributes.ContainsKey(call.AttributeName)) return [new ModelAnswer(now, FileSystemError.NoAttribute)];
        var begun = now.Begin();
        return [new ModelAnswer(begun.With(begun[id] with { Attributes = begun[id].Attributes.Remove(call.AttributeName) }).Touched(id), FileSystemError.None)];
    });
}
