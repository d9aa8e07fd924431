using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>One entry of a manifest that was found right.</summary>
/// <param name="ModifiedAt">In whole seconds, as servers tell it.</param>
/// <param name="Sha256">Empty where it is not given.</param>
internal sealed record ManifestEntry(
    EntryKind Kind,
    long SizeBytes = 0,
    UnixTime? ModifiedAt = null,
    string? ETag = null,
    ReadOnlyMemory<byte> Sha256 = default,
    ImmutableArray<byte> Target = default)
{
    public bool HasStrongETag => ETag is not null && EntityTag.IsStrong(ETag, SizeBytes, ModifiedAt);

    /// <summary>
    /// The content's own hash is its identity wherever it is given. It makes the validator strong only where every read
    /// can be checked against more than a time: by a strong ETag, or by nothing but the hash.
    /// </summary>
    public Validator ValidatorAt(UnixTime now)
    {
        var strength = (HasStrongETag, Sha256.IsEmpty, ETag, ModifiedAt) switch
        {
            (true, _, _, _) or (_, false, null, null) => ValidatorStrength.Strong,
            (_, _, _, { } time) => RacyWindow.StrengthOf(time, now),
            _ => ValidatorStrength.Weak,
        };
        return new Validator(strength, SizeBytes, ModifiedAt, Sha256.IsEmpty ? ETag : ManifestTag.Of(Sha256.Span));
    }

    public SourceEntry Under(PathName name, UnixTime now) => Kind switch
    {
        EntryKind.File => new SourceEntry(name, Kind, ValidatorAt(now)),
        _ => new SourceEntry(name, Kind, ModifiedAt: ModifiedAt, Target: Target),
    };
}
