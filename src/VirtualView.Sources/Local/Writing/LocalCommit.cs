using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Local.Writing;

/// <summary>
/// Puts one entry where another is, and looks at what was displaced: the kernel exchanges two names in one step but
/// compares nothing. What was displaced wrongly is put back. Daemons that do this at the same time would put back each
/// other's, so they take turns.
/// </summary>
/// <param name="turn">Of all commits of this process.</param>
/// <param name="beforeExchange">Called between the look and the exchange.</param>
internal sealed class LocalCommit(Lock turn, UnixTime now, Action? beforeExchange)
{
    /// <summary>Null when <paramref name="name"/> of <paramref name="from"/> has become <paramref name="place"/>.</summary>
    public WriteError? Place(LocalPlace from, PathName name, LocalPlace place, TargetCondition condition)
    {
        lock (turn) return Locked(place, () => PlaceInTurn(from, name, place, condition));
    }

    /// <summary>Removes the file if it is the version: takes its name away first, looks, and gives it back if it is not.</summary>
    public WriteError? Remove(LocalPlace place, PathName aside, Validator version)
    {
        lock (turn) return Locked(place, () => RemoveInTurn(place, aside, version));
    }

    public static WriteError NotFound(LocalPlace place) => new(WriteErrorKind.NotFound, $"{place.Path} is not there");

    private static WriteError? Locked(LocalPlace place, Func<WriteError?> change)
    {
        if (place.Lock() is { } busy) return busy;
        try
        {
            return change();
        }
        finally
        {
            place.Unlock();
        }
    }

    private WriteError? PlaceInTurn(LocalPlace from, PathName name, LocalPlace place, TargetCondition condition)
    {
        var found = place.Look(place.Name);
        if (!found.IsOk) return found.Error;
        if (Objection(place, found.Value, condition) is { } objection) return objection;
        beforeExchange?.Invoke();
        return condition.Version is { } version
            ? Exchange(from, name, place, version)
            : from.Rename(name, place, place.Name, PosixWriting.RenameNoReplace) is { } refused ? Explain(place, refused) : null;
    }

    private WriteError? RemoveInTurn(LocalPlace place, PathName aside, Validator version)
    {
        var found = place.Look(place.Name);
        if (!found.IsOk) return found.Error;
        if (found.Value is null) return NotFound(place);
        if (Objection(place, found.Value, TargetCondition.Is(version)) is { } objection) return objection;
        beforeExchange?.Invoke();
        if (place.Rename(place.Name, aside, PosixWriting.RenameNoReplace) is { } refused) return refused;
        var taken = place.Look(aside);
        if (!taken.IsOk) return taken.Error;
        if (IsVersion(taken.Value, version)) return place.Remove(aside);
        return place.Rename(aside, place.Name, PosixWriting.RenameNoReplace) is null
            ? Changed(place, taken.Value)
            : Displaced(place, aside);
    }

    private WriteError? Exchange(LocalPlace from, PathName name, LocalPlace place, Validator version)
    {
        var ours = from.Look(name);
        if (!ours.IsOk) return ours.Error;
        if (from.Rename(name, place, place.Name, PosixWriting.RenameExchange) is { } refused) return Explain(place, refused);
        var displaced = from.Look(name);
        if (!displaced.IsOk) return displaced.Error;
        if (IsVersion(displaced.Value, version)) return from.Remove(name);

        if (from.Rename(name, place, place.Name, PosixWriting.RenameExchange) is { } stuck) return stuck;
        var back = from.Look(name);
        if (!back.IsOk) return back.Error;
        return back.Value?.Inode == ours.Value?.Inode ? Changed(place, displaced.Value) : Displaced(from, name);
    }

    private WriteError? Objection(LocalPlace place, FileStatus? found, TargetCondition condition)
    {
        if (condition.Version is not { } version) return found is null ? null : Changed(place, found);
        if (IsVersion(found, version)) return null;
        return found is { Kind: EntryKind.Directory }
            ? new WriteError(WriteErrorKind.WrongKind, $"{place.Path} is a directory by now")
            : Changed(place, found);
    }

    private bool IsVersion(FileStatus? found, Validator version) =>
        found is { Kind: EntryKind.File } file && version.Agrees(file.ToValidator(now));

    private WriteError Changed(LocalPlace place, FileStatus? found) => new(
        WriteErrorKind.Changed,
        found is null ? $"{place.Path} is not there any more" : $"somebody else has changed {place.Path}",
        Found: found is { Kind: not null } status ? place.Describe(status, now) : null);

    // The name that an upload had is of no use to people: the file gets one that is shown.
    private static WriteError Displaced(LocalPlace place, PathName name)
    {
        var kept = PathName.Of($"displaced-{Guid.NewGuid():N}");
        var shown = place.Rename(name, kept, PosixWriting.RenameNoReplace) is null ? kept : name;
        return new WriteError(
            WriteErrorKind.Displaced,
            $"two others have written {place.Path} in the same instant: one of their files is kept as {place.Path.Parent / shown}",
            KeptAs: shown);
    }

    private WriteError Explain(LocalPlace place, WriteError refused)
    {
        if (refused.Kind == WriteErrorKind.NotFound) return Changed(place, found: null);
        return refused.Kind == WriteErrorKind.Changed && place.Look(place.Name) is { IsOk: true } look ? Changed(place, look.Value) : refused;
    }
}
