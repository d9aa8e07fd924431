using System.Globalization;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Snapshots;

/// <summary>
/// What the files of a directory have in common when each is known from one source only: who has it, where, and how
/// far its validator goes. One object for all of them, from which their versions are made when they are asked for.
/// </summary>
/// <param name="Directory">Where they lie at the source, each under the name that it has in the view.</param>
/// <param name="HasTime">The validators hold the modification time of the version.</param>
public sealed record SharedCopy(SourceId Source, VirtualPath Directory, ValidatorStrength Strength, bool HasTime, CopyTag Tag)
{
    /// <summary>What a version has in common with others, or null where its replicas are too special for that.</summary>
    public static SharedCopy? Of(PathName name, FileVersion version) =>
        version.Replicas is [{ Path.IsRoot: false } replica] && replica.Path.Name == name && TagOf(version, replica.Validator) is { } tag
            ? new SharedCopy(replica.Source, replica.Path.Parent, replica.Validator.Strength, replica.Validator.ModifiedAt is not null, tag)
                is var copy && copy.Stands(version, replica.Validator) ? copy : null
            : null;

    /// <summary>True when <see cref="Of"/> would give an equal one, found without making anything.</summary>
    public bool Fits(PathName name, FileVersion version) =>
        version.Replicas is [var replica]
        && replica.Source == Source
        && replica.Path.Names.Length == Directory.Names.Length + 1
        && replica.Path.Name == name
        && replica.Path.StartsWith(Directory)
        && replica.Validator.Strength == Strength
        && TagOf(version, replica.Validator) == Tag
        && Stands(version, replica.Validator);

    /// <summary>The version of which only what is its own was kept.</summary>
    public FileVersion Version(PathName name, VersionId id, long sizeBytes, UnixTime modifiedAt) =>
        new(id, sizeBytes, modifiedAt, [new Replica(Source, Directory / name, Validator(sizeBytes, modifiedAt))]);

    private Validator Validator(long sizeBytes, UnixTime modifiedAt) =>
        new(Strength, sizeBytes, HasTime ? modifiedAt : null, Tag == CopyTag.TimeAndSize ? TimeAndSize(sizeBytes, modifiedAt) : null);

    private bool Stands(FileVersion version, Validator validator) =>
        validator.SizeBytes == version.SizeBytes
        && validator.ModifiedAt == (HasTime ? version.ModifiedAt : null);

    private static CopyTag? TagOf(FileVersion version, Validator validator) => validator.Tag switch
    {
        null => CopyTag.None,
        var tag when tag == TimeAndSize(version.SizeBytes, version.ModifiedAt) => CopyTag.TimeAndSize,
        _ => null,
    };

    /// <summary>As nginx makes its ETags.</summary>
    private static string TimeAndSize(long sizeBytes, UnixTime modifiedAt) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{modifiedAt.Seconds:x}-{sizeBytes:x}\"");
}
