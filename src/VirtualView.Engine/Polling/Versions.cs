using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Polling;

/// <summary>Decides whether what a source shows now is the version that was known before.</summary>
internal static class Versions
{
    /// <summary>
    /// The node for a file whose copies are now <paramref name="replicas"/>, the preferred first: the very same node if
    /// nothing is new, the same version knowing more, or a new version.
    /// </summary>
    public static FileNode Next(FileNode? before, PathName name, ImmutableArray<Replica> replicas, UnixTime now)
    {
        if (before?.Version is not { } known || !IsStill(known, replicas[0]))
            return new FileNode(name, FileVersion.FirstSeen(replicas[0], now) with { Replicas = replicas });
        var learned = replicas.Select(replica => Learn(known, replica)).ToImmutableArray();
        return learned.AsSpan().SequenceEqual(known.Replicas.AsSpan())
            ? before
            : new FileNode(name, known with { Replicas = learned });
    }

    /// <summary>True when the copy can be one of this version. What was seen racy and has aged is another version.</summary>
    private static bool IsStill(FileVersion known, Replica now) =>
        known.Replicas.FirstOrDefault(replica => replica.Source == now.Source && replica.Path == now.Path) is { } before
        && before.Validator.Agrees(now.Validator)
        && (before.Validator.Strength == ValidatorStrength.Racy) == (now.Validator.Strength == ValidatorStrength.Racy);

    private static Replica Learn(FileVersion known, Replica now) =>
        known.Replicas.FirstOrDefault(replica => replica.Source == now.Source && replica.Path == now.Path) is { } before
        && before.Validator.Agrees(now.Validator)
            ? before with { Validator = before.Validator.Learn(now.Validator) }
            : now;
}
