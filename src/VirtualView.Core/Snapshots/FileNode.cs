using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Snapshots;

/// <summary>
/// A regular file. Its version is null where the listing gave only a name: the first lookup asks the source. There may be
/// millions of these, so a file holds only what is its own and makes its version when somebody asks for it.
/// </summary>
public sealed class FileNode : SnapshotNode
{
    // Two halves: a UInt128 would be aligned to 16 bytes.
    private readonly ulong _idHigh;
    private readonly ulong _idLow;

    // Null: only named. A FileVersion as it was given, until a directory puts a SharedCopy in its place that says the same.
    private object? _copies;

    public FileNode(PathName name, FileVersion? version)
        : base(name)
    {
        if (version is null) return;
        (_idHigh, _idLow) = ((ulong)(version.Id.Value >> 64), (ulong)version.Id.Value);
        (SizeBytes, ModifiedAt, _copies) = (version.SizeBytes, version.ModifiedAt, version);
    }

    /// <summary>A file whose only copy is what <paramref name="copy"/> says.</summary>
    public FileNode(PathName name, VersionId id, long sizeBytes, UnixTime modifiedAt, SharedCopy copy)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeBytes);
        (_idHigh, _idLow) = ((ulong)(id.Value >> 64), (ulong)id.Value);
        (SizeBytes, ModifiedAt, _copies) = (sizeBytes, modifiedAt, copy);
    }

    /// <summary>False where the listing gave only a name.</summary>
    public bool HasVersion => _copies is not null;

    /// <summary>Made anew by each call where it is not kept whole: for one file, not for each of a directory.</summary>
    public FileVersion? Version => _copies switch
    {
        // Looked at once: another thread may put the other in its place meanwhile.
        SharedCopy copy => copy.Version(Name, Id, SizeBytes, ModifiedAt),
        var version => (FileVersion?)version,
    };

    public VersionId? VersionId => HasVersion ? Id : null;

    /// <summary>0 while there is no version.</summary>
    public long SizeBytes { get; }

    /// <inheritdoc cref="SizeBytes"/>
    public UnixTime ModifiedAt { get; }

    /// <summary>True when the preferred copy was seen so young that it may still have changed unseen.</summary>
    public bool IsRacy => _copies switch
    {
        SharedCopy copy => copy.Strength == ValidatorStrength.Racy,
        FileVersion version => version.Replicas[0].Validator.Strength == ValidatorStrength.Racy,
        _ => false,
    };

    /// <summary>What its copy has in common with those of other files; null where the version is kept whole, or there is none.</summary>
    public SharedCopy? Shared => _copies as SharedCopy;

    /// <summary>True when the source has a copy of the version. Makes nothing, so it may be asked of every file.</summary>
    public bool IsAt(SourceId source)
    {
        if (_copies is SharedCopy copy) return copy.Source == source;
        foreach (var replica in (_copies as FileVersion)?.Replicas ?? [])
        {
            if (replica.Source == source) return true;
        }

        return false;
    }

    private VersionId Id => new(new UInt128(_idHigh, _idLow));

    public override bool SameEntry(SnapshotNode other) => other is FileNode file && VersionId == file.VersionId;

    /// <summary>
    /// Goes on with what others have in common with it, if it is the same. What the node says stays as it is, so any
    /// thread may do this at any time.
    /// </summary>
    internal bool TryShare(SharedCopy copy)
    {
        if (_copies is not FileVersion version || !copy.Fits(Name, version)) return false;
        _copies = copy;
        return true;
    }

    internal SharedCopy? ShareAlone() =>
        _copies is FileVersion version && SharedCopy.Of(Name, version) is { } copy && TryShare(copy) ? copy : null;
}
