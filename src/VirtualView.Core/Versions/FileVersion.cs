using System.Collections.Immutable;
using VirtualView.Core.Units;

namespace VirtualView.Core.Versions;

/// <summary>The content of one file at one time, and who has it, the preferred first. Never without a replica.</summary>
public sealed record FileVersion
{
    public FileVersion(VersionId id, long sizeBytes, UnixTime modifiedAt, ImmutableArray<Replica> replicas)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeBytes);
        (Id, SizeBytes, ModifiedAt, Replicas) = (id, sizeBytes, modifiedAt, replicas);
    }

    public VersionId Id { get; }

    public long SizeBytes { get; }

    public UnixTime ModifiedAt { get; }

    public ImmutableArray<Replica> Replicas
    {
        get;
        init => field = value.IsDefaultOrEmpty ? throw new ArgumentException("a version needs a replica", nameof(value)) : value;
    }

    /// <summary>The version that a source's copy shows when it is seen for the first time.</summary>
    public static FileVersion FirstSeen(Replica replica, UnixTime seenAt) =>
        new(
            VersionId.Derive(replica.Source, replica.Path, replica.Validator),
            replica.Validator.SizeBytes,
            replica.Validator.ModifiedAt ?? seenAt,
            [replica]);

    /// <summary>The id alone decides: what is learned of a version later does not make it another.</summary>
    public bool Equals(FileVersion? other) => other is not null && Id == other.Id;

    public override int GetHashCode() => Id.GetHashCode();
}
