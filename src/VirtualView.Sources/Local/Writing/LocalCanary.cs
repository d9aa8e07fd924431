using VirtualView.Core.Paths;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;

namespace VirtualView.Sources.Local.Writing;

/// <summary>Finds out whether the folder's file system exchanges names and refuses taken ones: network file systems may not.</summary>
internal static class LocalCanary
{
    /// <param name="place">A staging name in the folder's root.</param>
    public static WriteOutcome<TargetAbilities> Prove(LocalPlace place, TargetAbilities abilities)
    {
        var second = StagingName.Of(default, new UploadId(Guid.NewGuid()));
        try
        {
            return (Make(place, second, out var keepsLineage) ?? Try(place, second)) is { } error
                ? error
                : abilities with { KeepsLineage = keepsLineage };
        }
        finally
        {
            place.Remove(place.Name);
            place.Remove(second);
        }
    }

    private static WriteError? Make(LocalPlace place, PathName second, out bool keepsLineage)
    {
        keepsLineage = false;
        foreach (var name in new[] { place.Name, second })
        {
            var made = place.Open(name, PosixWriting.OpenReadWrite | PosixWriting.OpenCreate | PosixWriting.OpenExclusive, 0b110_000_000);
            if (!made.IsOk) return made.Error;
            using var file = made.Value;
            keepsLineage = LocalPlace.WriteLineage(file, new UploadLineage(default, null, new UnixTime(0)));
        }

        return null;
    }

    private static WriteError? Try(LocalPlace place, PathName second)
    {
        var refused = place.Rename(place.Name, second, PosixWriting.RenameNoReplace);
        if (refused is null) return Unsafe("replaces a file where it should refuse to");
        if (refused.Kind != WriteErrorKind.Changed) return Unsafe($"cannot refuse to replace a file ({refused.Message})");
        var (first, other) = (place.Look(place.Name), place.Look(second));
        if (place.Rename(place.Name, second, PosixWriting.RenameExchange) is { } cannot) return Unsafe($"cannot exchange two names ({cannot.Message})");
        var exchanged = place.Look(place.Name);
        return first.IsOk && other.IsOk && exchanged.IsOk && exchanged.Value?.Inode == other.Value?.Inode && first.Value?.Inode != other.Value?.Inode
            ? null
            : Unsafe("did not exchange two names though it said so");
    }

    private static WriteError Unsafe(string what) => new(
        WriteErrorKind.Unsupported,
        $"the file system {what}, so what others write could be lost: write to a local file system, or through a server that honours conditions");
}
